import { expect, test } from 'vitest';
import { misconceptions, nearestMutant, failuresOf } from './misconception.ts';

const mutants = [
  { name: 'adds', says: 'It adds.', fails: ['a', 'b'] },
  { name: 'rounds', says: 'It rounds.', fails: ['c'] },
];
const verdicts = (passed: Record<string, boolean>) =>
  failuresOf(Object.entries(passed).map(([name, is]) => ({ name, passed: is })));

test('who fails as a mutant does is told what it looks like', () => {
  const found = misconceptions(verdicts({ a: false, b: false, c: true }), mutants);
  expect(found.map(({ name }) => name)).toEqual(['adds']);
});

test('of checks that did not run nothing is concluded', () => {
  const found = misconceptions(verdicts({ a: false }), mutants);
  expect(found.map(({ name }) => name)).toEqual(['adds']);
});

test('who passes everything, or fails in a way of their own, is told nothing', () => {
  expect(misconceptions(verdicts({ a: true, b: true, c: true }), mutants)).toEqual([]);
  expect(misconceptions(verdicts({ a: false, b: true, c: true }), mutants)).toEqual([]);
});

test('the nearest mutant differs in the fewest checks', () => {
  expect(nearestMutant(verdicts({ a: false, b: true, c: true }), mutants)?.name).toBe('adds');
  expect(nearestMutant(verdicts({ a: true, b: true, c: true }), mutants)?.name).toBe('rounds');
  expect(nearestMutant(verdicts({}), [])).toBeNull();
});
