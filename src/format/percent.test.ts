import { expect, test } from 'vitest';
import { deviation, percent, percentOrDash, signed } from './percent.ts';

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

test('a deviation has a tenth below ten per cent', () => {
  expect([0.004, 0.04, 0.314].map(deviation)).toEqual(['0.4 %', '4.0 %', '31 %']);
});

test('a difference carries its sign, and none when there is no difference', () => {
  expect([2, -3, 0].map((value) => signed(value, String))).toEqual(['+2', '−3', '0']);
});
