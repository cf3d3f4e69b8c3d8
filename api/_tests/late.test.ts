import { expect, test, vi } from 'vitest';
import { GET, POST } from '../late.ts';

test('an entry is saved after a while, and is then counted', async () => {
  vi.useFakeTimers();
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const saving = POST();
  expect(await GET().json()).toEqual({ saved: 0 });
  await vi.runAllTimersAsync();
  expect((await saving).status).toBe(201);
  expect(await GET().json()).toEqual({ saved: 1 });
  vi.useRealTimers();
});
