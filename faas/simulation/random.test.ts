import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from './random.ts';

const many = 100_000;

function mean(draw: () => number): number {
  let sum = 0;
  for (let n = 0; n < many; n++) sum += draw();
  return sum / many;
}

test('it is xoshiro128**: the first numbers of the reference implementation', () => {
  const random = Random.fromState([1, 2, 3, 4]);
  const first = Array.from({ length: 10 }, () => random.uint32());
  expect(first).toEqual([
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597,
    4258142804,
  ]);
});

test('the same seed tells the same numbers, another seed others', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), (one, other) => {
      const draws = (seed: number): number[] => {
        const random = new Random(seed);
        return Array.from({ length: 8 }, () => random.uint32());
      };
      expect(draws(one)).toEqual(draws(one));
      if (one >>> 0 !== other >>> 0) expect(draws(one)).not.toEqual(draws(other));
    }),
  );
});

test('a stream for one purpose is not disturbed by another', () => {
  const quiet = new Random(7).split('starts');
  const random = new Random(7);
  const arrivals = random.split('arrivals');
  arrivals.uint32();
  const busy = random.split('starts');
  expect(busy.uint32()).toBe(quiet.uint32());
  expect(arrivals.uint32()).not.toBe(busy.uint32());
});

describe('its numbers', () => {
  test('uniform numbers are from 0 up to 1, evenly', () => {
    const random = new Random(1);
    const tenths = new Array<number>(10).fill(0);
    for (let n = 0; n < many; n++) {
      const tenth = Math.floor(random.uniform() * 10);
      tenths[tenth] = (tenths[tenth] ?? NaN) + 1;
    }
    for (const count of tenths) expect(Math.abs(count / many - 0.1)).toBeLessThan(0.005);
  });

  test('exponential times have the mean that was asked for', () => {
    const random = new Random(2);
    expect(mean(() => random.exponential(50))).toBeCloseTo(50, 0);
  });

  test('normal numbers have mean 0 and variance 1', () => {
    const random = new Random(3);
    expect(mean(() => random.normal())).toBeCloseTo(0, 1);
    expect(mean(() => random.normal() ** 2)).toBeCloseTo(1, 1);
  });
});
