import { expect, test } from 'vitest';
import { hexId } from './ids.ts';

test('a trace has 16 random bytes and a span has 8, in lower-case hex', () => {
  let drawn = 0;
  const word = (): number => 0xfedcba00 + drawn++;
  expect(hexId('trace', word)).toBe('fedcba00fedcba01fedcba02fedcba03');
  expect(hexId('span', word)).toBe('fedcba04fedcba05');
});

test('all zero is drawn again, and one zero word is not', () => {
  const words = [0, 0, 0, 0xab];
  expect(hexId('span', () => words.shift() ?? NaN)).toBe('00000000000000ab');
  expect(words).toEqual([]);
});
