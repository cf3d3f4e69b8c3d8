import { expect, test } from 'vitest';
import { written } from './check-failure.ts';

test('a function that answers nothing is not said to have answered null alone', () => {
  expect(written(undefined)).toBe('nothing');
  expect(written(null)).toBe('nothing (null)');
});

test('other values are written as JSON, and long ones are cut', () => {
  expect(written({ cheapest: null })).toBe('{"cheapest":null}');
  expect(written('a'.repeat(400))).toHaveLength(300);
});
