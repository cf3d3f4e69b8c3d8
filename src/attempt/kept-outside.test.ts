import { expect, test } from 'vitest';
import { keptOutside } from './kept-outside.ts';

test.each([
  ['let user = "";\nfunction greet(name: string) { user = name; }', 'user'],
  ['export let total = 0;\nconst add = async () => { total += await price(); };', 'total'],
  ['let calls = 0;\nfunction f() { return ++calls; }', 'calls'],
  ['var calls: number;\nfunction f() { calls++; }', 'calls'],
])('%s writes what outlives the call', (code, name) => {
  expect(keptOutside(code)).toBe(name);
});

test.each([
  'const total = 0;\nfunction f() { let sum = total; sum += 1; return sum; }',
  'let total = 0;\nfunction f() { let total = 0; total += 1; return -total; }',
  'let word = "Hello";\nfunction f(name: string) { return `${word}, ${name}`; }',
  'let user = "";\nfunction f(user: string) { user = "a"; }',
  'function f( {',
])('%s does not', (code) => {
  expect(keptOutside(code)).toBeNull();
});
