import { expect, test } from 'vitest';
import { isCalm, untilCalm } from './calm.ts';

const oneByOne =
  <T>(...values: T[]) =>
  (): T => {
    const value = values.length > 1 ? values.shift() : values[0];
    return value as T;
  };

test('a machine is calm when most samples get the CPU that they ask for', async () => {
  expect(await isCalm(oneByOne(1.01, 1.02, 4))).toBe(true);
  expect(await isCalm(oneByOne(1.01, 2.5, 4))).toBe(false);
});

test('it is waited for, and given up in time', async () => {
  const soon = oneByOne(Promise.resolve(false), Promise.resolve(true));
  expect(await untilCalm(1_000, soon, 1)).toBe(true);
  expect(await untilCalm(0, () => Promise.resolve(false))).toBe(false);
});
