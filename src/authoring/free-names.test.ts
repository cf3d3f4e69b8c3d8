import { expect, it } from 'vitest';
import { freeNames } from './free-names.ts';

it.each([
  ['a, b', ['a', 'b']],
  ["' '", []],
  ['/* a comment */', []],
  ['items.length', ['items']],
  ['{ key: value }', ['value']],
  ['list.map((one) => one.name + other)', ['list', 'other']],
  ['<B />', []],
])('%s uses %j', (code, names) => {
  expect(freeNames(code)).toEqual(names);
});
