import { expect, test } from 'vitest';
import { lineNumbersOf } from './line-notes.ts';

const code = 'const count = 1;\nreturn count;\nreturn;';

test('a note finds its line by a piece of it', () => {
  expect(lineNumbersOf(code, { 'return count': 'Here.', 'const ': 'There.' })).toEqual([2, 1]);
});

test('a piece that no line has, or several have, is refused', () => {
  expect(() => lineNumbersOf(code, { throw: '' })).toThrow(/one line with "throw"; none has it/);
  expect(() => lineNumbersOf(code, { return: '' })).toThrow(/lines 2, 3 have it/);
});
