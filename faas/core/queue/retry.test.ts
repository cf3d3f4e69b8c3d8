import { expect, it } from 'vitest';
import { retryDelayS } from './retry.ts';

const plain = { backOff: 'exponential', retryS: 1, mostRetryS: 60, jitter: false } as const;
const waits = (policy: Parameters<typeof retryDelayS>[0], random = () => 0.5): number[] =>
  [1, 2, 3, 7, 1000].map((receives) => retryDelayS(policy, receives, random));

it('an exponential wait doubles with each failure, up to the most', () => {
  expect(waits(plain)).toEqual([1, 2, 4, 60, 60]);
});

it('a fixed wait stays what it is', () => {
  expect(waits({ ...plain, backOff: 'fixed', retryS: 3 })).toEqual([3, 3, 3, 3, 3]);
});

it('with jitter the wait is a random part of it', () => {
  expect(waits({ ...plain, jitter: true })).toEqual([0.5, 1, 2, 30, 30]);
});
