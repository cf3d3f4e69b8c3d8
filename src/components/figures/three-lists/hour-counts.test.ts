import { expect, test } from 'vitest';
import { parseHours } from './hour-counts.ts';

test('numbers may be apart by commas, semicolons, spaces or lines', () => {
  expect(parseHours('1, 2;3\n4\t5\r\n')).toEqual([1, 2, 3, 4, 5]);
});

test.each([
  ['12, x, 9', 'Hour 2 says “x”'],
  ['12, -3', 'Hour 2 says “-3”'],
  ['1.5', 'Hour 1 says “1.5”'],
  ['1e3', 'Hour 1 says “1e3”'],
  ['99999999999', 'Hour 1 says “99999999999”'],
  ['9\n1’200', 'Hour 2 says “1’200”'],
  [' \n ', 'nothing came'],
  [`0 ${'z'.repeat(1000)}`, `Hour 2 says “${'z'.repeat(24)}…”`],
])('%j is refused with what came and where', (text, says) => {
  expect(() => parseHours(text)).toThrow(says);
});

test('a year is the most, and a whole log is refused before it is read', () => {
  expect(parseHours('7 '.repeat(8784))).toHaveLength(8784);
  expect(() => parseHours('7 '.repeat(8785))).toThrow('8,785 numbers came');
  expect(() => parseHours('GET / 200 '.repeat(100_000))).toThrow('1,000,000 characters came');
});
