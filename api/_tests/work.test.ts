import { afterEach, expect, test, vi } from 'vitest';
import work from '../work.ts';

const ask = (query: string) => work.fetch(new Request(`http://localhost/api/work${query}`));

afterEach(() => vi.restoreAllMocks());

test('asked for nothing, it does nothing', async () => {
  expect(await (await ask('')).json()).toEqual({ cpuMs: 0, waitMs: 0, memoryMb: 0 });
});

test('it keeps the CPU until the time asked for is over, and lets nothing else run meanwhile', async () => {
  let looks = 0;
  // Each look at the clock costs a millisecond: how busy the machine is does not matter.
  vi.spyOn(performance, 'now').mockImplementation(() => (looks += 1));
  const answer = ask('?cpuMs=60');
  // It has not paused once since it was called.
  expect(looks).toBeGreaterThanOrEqual(60);
  expect(await (await answer).json()).toEqual({ cpuMs: 60, waitMs: 0, memoryMb: 0 });
});

test('it waits for the time asked for', async () => {
  const start = performance.now();
  await ask('?waitMs=40');
  expect(performance.now() - start).toBeGreaterThanOrEqual(39);
});

test('it holds the memory asked for', async () => {
  const answer = ask('?memoryMb=64&waitMs=20');
  expect(process.memoryUsage().arrayBuffers).toBeGreaterThan(64e6);
  expect(await (await answer).json()).toEqual({ cpuMs: 0, waitMs: 20, memoryMb: 64 });
});

test.for(['?cpuMs=-1', '?cpuMs=soon', '?waitMs=20001', '?memoryMb=NaN', '?memoryMb=1e9'])(
  '%s is refused with the range that is allowed',
  async (query) => {
    const answer = await ask(query);
    const knob = query.slice(1, query.indexOf('='));
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect((await answer.json()).detail).toMatch(
      new RegExp(`^${knob} is a number from 0 to \\d+,`),
    );
  },
);
