import { afterEach, expect, test, vi } from 'vitest';
import fail from '../fail.ts';

const ask = (query: string) => fail.fetch(new Request(`http://localhost/api/fail${query}`));

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('throw rejects', async () => {
  await expect(ask('?how=throw')).rejects.toThrow('Thrown on purpose');
});

test('exit leaves the process', async () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`left with ${code}`);
  });
  await expect(ask('?how=exit')).rejects.toThrow('left with 1');
  expect(exit).toHaveBeenCalledOnce();
});

test('exit closes the worker where there is no process', async () => {
  const close = vi.fn();
  vi.stubGlobal('process', undefined);
  vi.stubGlobal('close', close);
  await expect(ask('?how=exit')).rejects.toThrow();
  expect(close).toHaveBeenCalledOnce();
});

test.for(['', '?how=', '?how=explode'])(
  '"%s" is refused with the ways there are',
  async (query) => {
    const answer = await ask(query);
    expect(answer.status).toBe(400);
    expect((await answer.json()).detail).toContain('throw, exit, hang or grow');
  },
);

test('with ?at, only that call of an instance goes wrong, and the others say how many there were', async () => {
  vi.resetModules();
  const fresh = (await import('../fail.ts')).default;
  const call = () => fresh.fetch(new Request('http://localhost/api/fail?how=throw&at=2'));
  expect(await (await call()).json()).toEqual({ calls: 1 });
  await expect(call()).rejects.toThrow('Thrown on purpose');
  expect(await (await call()).json()).toEqual({ calls: 3 });
});
