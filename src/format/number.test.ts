import { expect, test } from 'vitest';
import { atMostDecimals, average, counted, everyDecimal, zeroPadded } from './number.ts';

test('a small average has two significant digits, a large one is whole', () => {
  expect([0, 0.0153, 0.25, 3.14, 47, 139.6, 12_345].map(average)).toEqual([
    '0',
    '0.015',
    '0.25',
    '3.1',
    '47',
    '140',
    '12,345',
  ]);
});

test('one is singular, and thousands are grouped', () => {
  expect([1, 0, 1200].map((count) => counted(count, 'call'))).toEqual([
    '1 call',
    '0 calls',
    '1,200 calls',
  ]);
});

test('decimals are cut at the number given, and zeros at the end left out', () => {
  expect([0.504, 5, 1.259].map((value) => atMostDecimals(value, 2))).toEqual(['0.5', '5', '1.26']);
});

test('every decimal of a price is written, and cents are whole', () => {
  expect(everyDecimal(0.0000166667)).toBe('0.0000166667');
  expect(everyDecimal(0.2, 2)).toBe('0.20');
  expect(everyDecimal(400_000)).toBe('400,000');
});

test('a number can be padded to two digits', () => {
  expect([3, 19].map(zeroPadded)).toEqual(['03', '19']);
});
