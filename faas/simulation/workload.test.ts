import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from './random.ts';
import { arrivals, durationMs, expectedRequests, type Workload } from './workload.ts';

function timesOf(workload: Workload, seed = 1, pace = 1): number[] {
  const next = arrivals(workload, new Random(seed), pace);
  const times: number[] = [];
  for (let at = next(); at < Infinity; at = next()) times.push(at);
  return times;
}

/** How many come in each of `count` equal parts. */
function histogram(times: readonly number[], endMs: number, count: number): number[] {
  const parts = new Array<number>(count).fill(0);
  for (const at of times) {
    const part = Math.floor((at / endMs) * count);
    parts[part] = (parts[part] ?? NaN) + 1;
  }
  return parts;
}

const positive = fc.double({ min: 0.1, max: 20, noNaN: true });
const workload: fc.Arbitrary<Workload> = fc.oneof(
  fc.record({ is: fc.constant('constant' as const), perSecond: positive, durationS: positive }),
  fc.record({ is: fc.constant('poisson' as const), perSecond: positive, durationS: positive }),
  fc.record({
    is: fc.constant('bursts' as const),
    size: fc.integer({ min: 1, max: 10 }),
    everyS: positive,
    durationS: positive,
  }),
  fc.record({
    is: fc.constant('day' as const),
    lowPerSecond: fc.constantFrom(0, 0.1),
    highPerSecond: positive,
    durationS: positive,
  }),
  fc.record({
    is: fc.constant('flash-crowd' as const),
    basePerSecond: positive,
    peakPerSecond: positive,
    startS: positive,
    riseS: positive,
    halvesS: positive,
    durationS: positive,
  }),
  fc.record({
    is: fc.constant('minutes' as const),
    counts: fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 5 }),
  }),
);

test('in any workload, times never fall, lie within its duration, and repeat with the seed', () => {
  fc.assert(
    fc.property(workload, fc.integer(), (any, seed) => {
      const times = timesOf(any, seed);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      for (const at of times) {
        expect(at).toBeGreaterThanOrEqual(0);
        expect(at).toBeLessThan(durationMs(any));
      }
      expect(timesOf(any, seed)).toEqual(times);
    }),
  );
});

describe('each kind keeps what it promises', () => {
  test('constant: at equal distances', () => {
    expect(timesOf({ is: 'constant', perSecond: 4, durationS: 1 })).toEqual([0, 250, 500, 750]);
  });

  test('bursts: all at one instant', () => {
    expect(timesOf({ is: 'bursts', size: 3, everyS: 10, durationS: 11 })).toEqual([
      0, 0, 0, 10_000, 10_000, 10_000,
    ]);
  });

  test('poisson: the rate asked for, with a variance equal to the mean', () => {
    const times = timesOf({ is: 'poisson', perSecond: 100, durationS: 1000 });
    const perSecond = histogram(times, 1_000_000, 1000);
    const mean = times.length / 1000;
    const variance = perSecond.reduce((sum, n) => sum + (n - mean) ** 2, 0) / 1000;
    expect(Math.abs(mean / 100 - 1)).toBeLessThan(0.02);
    expect(Math.abs(variance / mean - 1)).toBeLessThan(0.15);
  });

  test('day: most at the peak hour, fewest twelve hours away, the middle between', () => {
    const day = { is: 'day', lowPerSecond: 1, highPerSecond: 9, peakHour: 15 } as const;
    const hours = histogram(timesOf(day), 86_400_000, 24).map((n) => n / 3600);
    expect(hours[15]).toBeCloseTo(9, 0);
    expect(hours[3]).toBeCloseTo(1, 0);
    expect(hours.reduce((sum, rate) => sum + rate, 0) / 24).toBeCloseTo(5, 0);
  });

  test('flash crowd: quiet, up to the peak, and down by half and half again', () => {
    const times = timesOf({
      is: 'flash-crowd',
      basePerSecond: 10,
      peakPerSecond: 1010,
      startS: 100,
      riseS: 20,
      halvesS: 40,
      durationS: 400,
    });
    const perSecond = histogram(times, 400_000, 400);
    const around = (second: number): number =>
      perSecond.slice(second - 2, second + 3).reduce((sum, n) => sum + n, 0) / 5;
    expect(around(50)).toBeLessThan(20);
    expect(Math.abs(around(122) / 1000 - 1)).toBeLessThan(0.1);
    expect(Math.abs(around(160) / 510 - 1)).toBeLessThan(0.1);
    expect(Math.abs(around(200) / 260 - 1)).toBeLessThan(0.15);
  });

  test('minutes: each has exactly its count, spread over all of it', () => {
    const counts = [3, 0, 50_000, 1];
    const times = timesOf({ is: 'minutes', counts });
    expect(histogram(times, 240_000, 4)).toEqual(counts);
    const third = times.filter((at) => at >= 120_000 && at < 180_000).map((at) => at - 120_000);
    for (const part of histogram(third, 60_000, 10)) {
      expect(Math.abs(part / 5000 - 1)).toBeLessThan(0.06);
    }
  });
});

describe('a workload at a pace', () => {
  const day: Workload = { is: 'day', lowPerSecond: 1, highPerSecond: 5 };

  test('is over sooner and keeps its shape and its rates', () => {
    const pace = 10;
    const [whole, sample] = [timesOf(day), timesOf(day, 1, pace)];
    expect(durationMs(day, pace)).toBe(durationMs(day) / pace);
    const hours = histogram(whole, durationMs(day), 24);
    histogram(sample, durationMs(day, pace), 24).forEach((count, hour) => {
      expect(Math.abs((count * pace) / (hours[hour] ?? NaN) - 1)).toBeLessThan(0.2);
    });
  });

  test('loses no request of its minutes but for the last fraction', () => {
    const counts = [1, 1, 1, 1, 5, 0, 7];
    expect(timesOf({ is: 'minutes', counts }, 3, 4)).toHaveLength(4);
    expect(timesOf({ is: 'minutes', counts }, 3, 1)).toHaveLength(16);
  });
});

test('the number of requests is known about beforehand', () => {
  fc.assert(
    fc.property(workload, fc.integer(), (any, seed) => {
      const expected = expectedRequests(any);
      const came = timesOf(any, seed).length;
      // Six standard deviations of a Poisson count, and one for a last one at the very end.
      expect(Math.abs(came - expected)).toBeLessThanOrEqual(6 * Math.sqrt(expected + 1) + 1);
    }),
  );
});
