import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import after from '../after.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('it answers before its work, and has finished it some time later', async () => {
  const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const ask = async () => {
    const answer = after.fetch();
    await vi.advanceTimersByTimeAsync(150);
    return (await answer).json();
  };
  expect(await ask()).toEqual({ call: 1, finished: 0 });
  expect(printed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(400);
  const lines = printed.mock.calls.map(([line]) => line as string);
  expect(lines).toEqual([1, 2, 3, 4].map((step) => `step ${step} of the work of call 1`));
  expect(await ask()).toEqual({ call: 2, finished: 1 });
});
