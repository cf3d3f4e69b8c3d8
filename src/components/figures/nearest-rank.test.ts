import { expect, test } from 'vitest';
import { nearestRank } from './nearest-rank.ts';

const count = (of: number) => Array.from({ length: of }, (_none, index) => index + 1);

test.each([
  [10, 0.5, 5],
  [10, 0.9, 9],
  [10, 0.95, 10],
  [30, 0.5, 15],
  [30, 0.9, 27],
  [30, 0.99, 30],
  [100, 0.99, 99],
  [1, 0.5, 1],
  [5, 0, 1],
  [5, 1, 5],
])('of 1 to %i, the share %f is within %i', (most, share, value) => {
  const values = count(most);
  expect(values[nearestRank(values, share)]).toBe(value);
});

test('a share that a computer cannot write exactly is no value further', () => {
  expect(nearestRank(count(10), 0.1 + 0.2)).toBe(2);
});
