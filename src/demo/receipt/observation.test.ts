import { describe, expect, test } from 'vitest';
import { saysObserved, observation } from './observation.ts';
import { aRun } from './fixtures/run.ts';

const counts = (...values: unknown[]) =>
  values.map((count) => aRun({ body: JSON.stringify({ count }) }));

describe('what was observed over several calls', () => {
  test.each([
    [[3], '3'],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], '1…10'],
    [[1, 1, 1, 1, 1, 1, 1, 1, 1, 1], '10 × 1'],
    [[1, 2, 1, 1, 3, 1, 1, 1, 1, 1], '8 × 1, 2, 3'],
    [[1, 1, 4, 3, 2, 9], '2 × 1, 2…4, 9'],
    [[9, 10], '9, 10'],
    [['hello', 'hello', 'bye'], '2 × hello, bye'],
  ])('%j reads as %s', (values, expected) => {
    expect(observation(counts(...values), '/count')).toBe(expected);
  });

  test('cold and warm are counted in the order they came', () => {
    const runs = [true, false, false].map((cold) => aRun({ cold }));
    expect(observation(runs, 'cold')).toBe('cold, 2 × warm');
  });

  test('instances are counted once each', () => {
    const runs = ['a', 'b', 'a'].map((instance) => aRun({ instance }));
    expect(observation(runs, 'instances')).toBe('2');
  });
});

test('a pointer reaches into objects and lists, with escapes', () => {
  const run = aRun({ body: '{"a/b":[{"c~d":{"e":1}}]}' });
  expect(observation([run], '/a~1b/0/c~0d')).toBe('{"e":1}');
  expect(observation([run], '/a~1b/1')).toBeNull();
});

test('a body that is not JSON has nothing to point at', () => {
  expect(observation([aRun({ body: 'plain' })], '/count')).toBeNull();
});

test('a prediction agrees whatever its dashes, dots and spaces, and only then', () => {
  expect(saysObserved('1 … 10', '1…10')).toBe(true);
  expect(saysObserved('1...10', '1…10')).toBe(true);
  expect(saysObserved('10 x 1', '10 × 1')).toBe(true);
  expect(saysObserved('1…9', '1…10')).toBe(false);
});
