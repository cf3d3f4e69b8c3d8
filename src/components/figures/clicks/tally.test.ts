import { expect, it } from 'vitest';
import { clicksOf, percentileOfSums, slowClicks, timeWithin } from './tally.ts';

/** A hundred calls of 10 ms, one of which takes 500. */
const times = Array.from({ length: 100 }, (_, nth) => (nth === 42 ? 500 : 10));

it('deals calls out to clicks from all over the run, each once', () => {
  expect(clicksOf([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([
    [1, 3, 5],
    [2, 4, 6],
  ]);
});

it('one slow call in a hundred makes one click of ten slow, of ten; computed 9.6 per cent', () => {
  expect(timeWithin(times, 0.99)).toBe(10);
  const { clicks, measured, computed } = slowClicks(times, 10, 0.99);
  expect({ clicks, measured }).toEqual({ clicks: 10, measured: 0.1 });
  expect(computed).toBeCloseTo(0.0956, 4);
  expect(slowClicks(times, 69, 0.99).computed).toBeCloseTo(0.5, 3);
});

it('percentiles do not add', () => {
  // Of 25 clicks of four calls one is slow: 4 per cent, so the p99 of clicks is the slow one.
  expect(percentileOfSums(times, 4, 0.99)).toEqual({ ofSums: 530, sumOf: 40 });
});
