import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Histogram, RELATIVE_ERROR } from './histogram.ts';

function histogramOf(times: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const ms of times) histogram.add(ms);
  return histogram;
}

const times = fc.array(fc.double({ min: 1e-5, max: 1e9, noNaN: true }), {
  minLength: 1,
  maxLength: 200,
});

describe('whatever the times', () => {
  test('a percentile is within the stated error of the true one', () => {
    fc.assert(
      fc.property(times, fc.double({ min: 0, max: 1, noNaN: true }), (all, share) => {
        const inOrder = all.toSorted((a, b) => a - b);
        const exact = inOrder[Math.max(1, Math.ceil(share * all.length)) - 1] ?? NaN;
        const told = histogramOf(all).quantile(share);
        expect(Math.abs(told / exact - 1)).toBeLessThanOrEqual(RELATIVE_ERROR);
      }),
    );
  });

  test('the count, the mean and the largest are exact, and no percentile is larger', () => {
    fc.assert(
      fc.property(times, (all) => {
        const histogram = histogramOf(all);
        expect(histogram.count).toBe(all.length);
        expect(histogram.max).toBe(Math.max(...all));
        expect(histogram.mean).toBe(all.reduce((sum, ms) => sum + ms, 0) / all.length);
        expect(histogram.quantile(1)).toBeLessThanOrEqual(histogram.max);
      }),
    );
  });
});

test('no time at all counts as zero', () => {
  const histogram = histogramOf([0, 0, 0, 8]);
  expect(histogram.quantile(0.75)).toBe(0);
  expect(histogram.quantile(0.76)).toBe(8);
});

test('of nothing there is no percentile', () => {
  expect(new Histogram().quantile(0.5)).toBeNaN();
});

test('the stated error is under 0.4 %', () => {
  expect(RELATIVE_ERROR).toBeLessThan(0.004);
});
