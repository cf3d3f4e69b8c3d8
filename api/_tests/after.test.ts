import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import after from '../after.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('it answers before its work, and has finished it some time later', async () => {
  const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  expect(await after.fetch().json()).toEqual({ call: 1, finished: 0 });
  expect(printed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(400);
  expect(printed.mock.calls.map(([line]) => line as string)).toEqual(
    [100, 200, 300, 400].map((ms, step) => `call 1, step ${step + 1}: ${ms} ms after its answer`),
  );
  expect(await after.fetch().json()).toEqual({ call: 2, finished: 1 });
});
