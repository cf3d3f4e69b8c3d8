import { expect, test } from 'vitest';
import { percent, percentOrDash } from './percent.ts';

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

test('a share of nothing is a dash', () => {
  expect([null, 0.25].map(percentOrDash)).toEqual(['—', '25 %']);
});
