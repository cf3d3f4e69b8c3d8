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
  ['1.234,56', 1234.56],
  ['It is 5', 5],
  ['roughly 5', 5],
  ['about $3.60.', 3.6],
  ['~ 5', 5],
  ['20 * 0.25 = 5', 5],
])('%s is %d', (typed, value) => {
  expect(parseAmount(typed)).toBe(value);
});

it.each([
  ['3.60 USD', 'USD'],
  ['3.60 dollars', 'USD'],
  ['$3.60', 'USD'],
  ['3.60', 'million calls a month'],
  ['3.60 million', 'million calls a month'],
  ['3.60 calls', 'million calls a month'],
  ['3.60 instance', 'instances'],
])('%s in %s is 3.6', (typed, unit) => {
  expect(parseAmount(typed, unit)).toBe(3.6);
});

it.each(['5 ms', '5 million', '5 or 6', '5 - 6'])('%s is no number of instances', (typed) => {
  expect(parseAmount(typed, 'instances')).toBeUndefined();
});

it.each([
  '',
  'about three',
  'twenty five',
  'not 5',
  '1.2.3',
  '$',
  '12,34,56',
  '--3',
  '5k',
  '5 M',
  '1,5 Mio',
  '1.5 million',
  '20 * 0.25',
])('%j is no number', (typed) => {
  expect(parseAmount(typed)).toBeUndefined();
});

it('an amount belongs to the first expected one within the tolerance, its edge included', () => {
  expect(matchAmount([3.6, 0.6], 3.62, 0.02)).toBe(0);
  expect(matchAmount([3.6, 0.6], 0.61, 0.02)).toBe(1);
  expect(matchAmount([3.6, 0.6], 3.63, 0.02)).toBeUndefined();
});
