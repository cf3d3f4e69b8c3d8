import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

test('work of one name takes turns, also after a failure; another name does not wait', async () => {
  const turns = new Turns();
  const told: string[] = [];
  const { promise: gate, resolve: open } = Promise.withResolvers<undefined>();
  const first = turns.take('a', async () => {
    await gate;
    told.push('a1');
    throw new Error('broken');
  });
  const second = turns.take('a', async () => {
    told.push('a2');
    return Promise.resolve(2);
  });
  await turns.take('b', async () => Promise.resolve(told.push('b')));
  expect(told).toEqual(['b']);
  open(undefined);
  await expect(first).rejects.toThrow('broken');
  expect(await second).toBe(2);
  expect(told).toEqual(['b', 'a1', 'a2']);
});
