import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOfHours, shapeOf } from './hourly-load.ts';

const MONTH = 730;

test('a flat day has the same calls in every hour', () => {
  const day = dayOfHours(7300, 1, MONTH);
  expect(day).toHaveLength(24);
  for (const calls of day) expect(calls).toBeCloseTo(10, 9);
});

test('the largest peak is a day with all its calls in one hour', () => {
  const day = dayOfHours(7300, 24, MONTH);
  expect(day.filter((calls) => calls > 0)).toEqual([240]);
  expect(day[14]).toBe(240);
});

test('a day has exactly the calls and the peak that were asked for', () => {
  const level = fc.double({ min: 1, max: 1e10, noNaN: true });
  fc.assert(
    fc.property(level, fc.double({ min: 1, max: 24, noNaN: true }), (calls, peakToMean) => {
      const shape = shapeOf(dayOfHours(calls, peakToMean, MONTH), MONTH);
      expect(shape.calls / calls).toBeCloseTo(1, 9);
      expect(shape.peakToMean).toBeCloseTo(peakToMean, 6);
    }),
  );
});

test('no calls at all are a day of zeros, with no peak', () => {
  expect(shapeOf(dayOfHours(0, 4, MONTH), MONTH)).toEqual({ calls: 0, peak: 0, peakToMean: 1 });
});

test('counted hours are scaled to a month, however many there are', () => {
  expect(shapeOf([2, 4], MONTH)).toEqual({ calls: 2190, peak: 4, peakToMean: 4 / 3 });
  const year = Array.from({ length: 8760 }, () => 3);
  expect(shapeOf(year, MONTH)).toEqual({ calls: 2190, peak: 3, peakToMean: 1 });
});
