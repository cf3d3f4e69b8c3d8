import { expect, test } from 'vitest';
import { numbersOf, type DialTable } from './dial.ts';

const DIALS = {
  calls: { type: 'number', isWhole: true, least: 1, most: 60, default: 10, meaning: 'calls' },
  every: { type: 'number', unit: 'ms', least: 0, most: 1000, default: 100, meaning: 'between' },
} as const satisfies DialTable;

test('what a state does not say is as at first', () => {
  expect(numbersOf(DIALS, new URLSearchParams('calls=3&other=1'))).toEqual({
    calls: 3,
    every: 100,
  });
});
