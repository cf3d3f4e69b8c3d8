import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LinearBuckets, smoothingOf, WeightedBuckets } from './buckets.ts';

const T0 = 1_700_000_000_000;

describe('linear buckets', () => {
  test('average over the seconds that have data, not over a window that is not full yet', () => {
    const buckets = new LinearBuckets({ windowMs: 60_000 });
    buckets.record(T0, 4);
    buckets.record(T0 + 1000, 2);
    expect(buckets.average(T0 + 1000)).toBe(3);
  });

  test('values of the same second add up', () => {
    const buckets = new LinearBuckets({ windowMs: 60_000 });
    buckets.record(T0 + 10, 4);
    buckets.record(T0 + 990, 2);
    expect(buckets.average(T0 + 999)).toBe(6);
  });

  test('a gap shorter than the window counts as zero', () => {
    const buckets = new LinearBuckets({ windowMs: 60_000 });
    buckets.record(T0, 10);
    buckets.record(T0 + 4000, 10);
    expect(buckets.average(T0 + 4000)).toBe(4);
  });

  test('in silence old seconds fall out of the window and new ones do not count', () => {
    const buckets = new LinearBuckets({ windowMs: 4000 });
    for (const [second, value] of [8, 4, 2, 2].entries()) {
      buckets.record(T0 + second * 1000, value);
    }
    const at = [3, 4, 5, 6, 7].map((second) => buckets.average(T0 + second * 1000));
    expect(at).toEqual([4, 2.666667, 2, 2, 0]);
  });

  test('a silent window is empty, and the average starts anew after it', () => {
    const buckets = new LinearBuckets({ windowMs: 4000 });
    expect(buckets.isEmpty(T0)).toBe(true);
    buckets.record(T0, 8);
    expect(buckets.isEmpty(T0 + 4000)).toBe(false);
    expect(buckets.isEmpty(T0 + 5000)).toBe(true);
    buckets.record(T0 + 9000, 3);
    expect(buckets.average(T0 + 9000)).toBe(3);
  });

  test('a late value counts while it is inside the window, and is dropped after', () => {
    const buckets = new LinearBuckets({ windowMs: 4000 });
    buckets.record(T0 + 3000, 6);
    buckets.record(T0 + 1000, 3);
    expect(buckets.average(T0 + 3000)).toBe(3);
    buckets.record(T0 - 1000, 100);
    expect(buckets.average(T0 + 3000)).toBe(3);
  });

  test('are the plain average of the last seconds, whatever is recorded when', () => {
    const values = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 20 }), (perSecond, seconds) => {
        const buckets = new LinearBuckets({ windowMs: seconds * 1000 });
        perSecond.forEach((value, second) => buckets.record(T0 + second * 1000, value));
        const recent = perSecond.slice(-seconds);
        const average = recent.reduce((sum, value) => sum + value, 0) / recent.length;
        expect(buckets.average(T0 + (perSecond.length - 1) * 1000)).toBeCloseTo(average, 5);
      }),
    );
  });
});

describe('weighted buckets', () => {
  test('weigh the newest most', () => {
    const options = { windowMs: 4000, smoothing: 0.6 };
    const rising = new WeightedBuckets(options);
    const falling = new WeightedBuckets(options);
    [5, 5, 10, 10].forEach((value, second) => rising.record(T0 + second * 1000, value));
    [10, 10, 5, 5].forEach((value, second) => falling.record(T0 + second * 1000, value));
    expect(rising.average(T0 + 3000)).toBeCloseTo(9.072, 9);
    expect(falling.average(T0 + 3000)).toBeCloseTo(5.544, 9);
  });

  test('fade in silence by the same factor each second', () => {
    const buckets = new WeightedBuckets({ windowMs: 60_000 });
    buckets.record(T0, 100);
    const fading = [0, 1, 2].map((second) => buckets.average(T0 + second * 1000));
    expect(fading[0]).toBeCloseTo(20, 9);
    expect(fading[1]).toBeCloseTo(16, 9);
    expect(fading[2]).toBeCloseTo(12.8, 9);
  });

  test('give short windows a newest weight that lets all weights sum to 0.9999', () => {
    for (const buckets of [2, 6, 20]) {
      expect(1 - (1 - smoothingOf(buckets)) ** buckets).toBeCloseTo(0.9999, 12);
    }
    expect(smoothingOf(600)).toBe(0.2);
  });
});

test.each([LinearBuckets, WeightedBuckets])(
  '%o: fractions of a millisecond change nothing',
  (Kind) => {
    const delays = fc.array(fc.double({ min: 0, max: 3000, noNaN: true }), { maxLength: 50 });
    fc.assert(
      fc.property(delays, fc.constantFrom(1000, 2000, 6000), (steps, windowMs) => {
        const exact = new Kind({ windowMs });
        const whole = new Kind({ windowMs });
        let now = T0 + 0.4668;
        for (const [index, step] of steps.entries()) {
          now += step;
          if (index % 3 > 0) exact.record(now, index);
          if (index % 3 > 0) whole.record(Math.floor(now), index);
          expect(exact.average(now)).toBe(whole.average(Math.floor(now)));
          expect(exact.average(now)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  },
);

test('a window that is not whole seconds is refused with what was expected', () => {
  expect(() => new LinearBuckets({ windowMs: 1500 })).toThrow(/whole seconds.*found 1500/);
  expect(() => new LinearBuckets({ windowMs: 6000, granularityMs: 0 })).toThrow(/granularityMs/);
});
