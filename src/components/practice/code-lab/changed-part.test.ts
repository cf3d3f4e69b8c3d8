import { expect, it } from 'vitest';
import { changedPart } from './changed-part.ts';

it.each([
  ['nothing', 'let a = 1;', 'let a = 1;', null],
  ['a word in the middle', 'let a = 1;', 'let all = 1;', { from: 5, to: 5, insert: 'll' }],
  ['the end', 'one\n', 'one\ntwo\n', { from: 4, to: 4, insert: 'two\n' }],
  ['what is taken away', 'a\nb\nc', 'a\nc', { from: 2, to: 4, insert: '' }],
  ['everything', 'abc', 'xyz', { from: 0, to: 3, insert: 'xyz' }],
  ['an empty text', '', 'abc', { from: 0, to: 0, insert: 'abc' }],
  ['what is the same at both ends, once', 'aa', 'a', { from: 1, to: 2, insert: '' }],
])('%s is all that is changed', (_, before, after, change) => {
  const found = changedPart(before, after);
  expect(found).toEqual(change);
  if (found === null) return;
  expect(before.slice(0, found.from) + found.insert + before.slice(found.to)).toBe(after);
});
