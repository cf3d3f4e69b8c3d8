import { expect, test } from 'vitest';
import { amount, percent } from './numbers.ts';

test('a small average keeps two digits that say something, a large one is whole', () => {
  expect([0, 0.0153, 0.25, 3.14, 47, 139.6, 12_345].map(amount)).toEqual([
    '0',
    '0.015',
    '0.25',
    '3.1',
    '47',
    '140',
    '12,345',
  ]);
});

test('a share is never rounded to none or all', () => {
  expect([0, 0.000_01, 0.0042, 0.5, 0.9999, 1].map(percent)).toEqual([
    '0 %',
    '< 0.01 %',
    '0.42 %',
    '50 %',
    '> 99.9 %',
    '100 %',
  ]);
});
