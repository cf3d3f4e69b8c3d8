import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import room from '../room.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('two in one instance see each other, and one who comes later is alone', async () => {
  const together = Promise.all([room.fetch(), room.fetch()]);
  await vi.runAllTimersAsync();
  const seen = await Promise.all((await together).map((response) => response.json()));
  expect(seen).toEqual([{ people: 2 }, { people: 2 }]);
  const later = room.fetch();
  await vi.runAllTimersAsync();
  expect(await (await later).json()).toEqual({ people: 1 });
});
