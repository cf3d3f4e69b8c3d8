import { expect, test, vi } from 'vitest';

const load = async () => (await import('../counter.ts')).default;

test('module scope counts on, handler scope starts again', async () => {
  const counter = await load();
  expect(await counter.fetch().json()).toEqual({ count: 1, handlerCount: 1 });
  expect(await counter.fetch().json()).toEqual({ count: 2, handlerCount: 1 });
});

test('a new instance begins at one', async () => {
  vi.resetModules();
  const counter = await load();
  expect(await counter.fetch().json()).toEqual({ count: 1, handlerCount: 1 });
});
