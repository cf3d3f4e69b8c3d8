import { expect, it } from 'vitest';
import { matchAmount, parseAmount } from './amount.ts';

it.each([
  ['20.20', 20.2],
  [' $20.2 ', 20.2],
  ['20,20', 20.2],
  ['11,870,000', 11_870_000],
  ['11.870.000,5', 11_870_000.5],
  ['1 000 000', 1e6],
  ['3.60 USD', 3.6],
  ['4.5/s', 4.5],
  ['1.2e-6', 1.2e-6],
  ['-3', -3],
  ['.5', 0.5],
])('%s is %d', (typed, value) => {
  expect(parseAmount(typed)).toBe(value);
});

it.each(['', 'about three', '1.2.3', '$', '12,34,56', '--3'])('%j is no number', (typed) => {
  expect(parseAmount(typed)).toBeUndefined();
});

it('an amount belongs to the first expected one within the tolerance, its edge included', () => {
  expect(matchAmount([3.6, 0.6], 3.62, 0.02)).toBe(0);
  expect(matchAmount([3.6, 0.6], 0.61, 0.02)).toBe(1);
  expect(matchAmount([3.6, 0.6], 3.63, 0.02)).toBeUndefined();
});
