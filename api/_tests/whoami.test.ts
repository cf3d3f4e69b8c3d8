import { hostname } from 'node:os';
import { afterEach, expect, test, vi } from 'vitest';
import whoami from '../whoami.ts';

afterEach(() => vi.unstubAllGlobals());

test('names the machine and the process, and counts whom it served', async () => {
  const first = await whoami.fetch().json();
  const second = await whoami.fetch().json();

  expect(first).toMatchObject({
    host: hostname(),
    runtime: `Node.js ${process.version}`,
    pid: process.pid,
    served: 1,
  });
  expect(second).toMatchObject({ served: 2, startedAt: first.startedAt });
  expect(second.ageMs).toBeGreaterThanOrEqual(first.ageMs);
});

test('without a process it names the browser, and leaves out what it cannot know', async () => {
  vi.stubGlobal('process', undefined);
  vi.stubGlobal('navigator', { userAgent: 'Browser/1' });
  expect(await whoami.fetch().json()).toMatchObject({
    host: null,
    system: null,
    runtime: 'Browser/1',
    pid: null,
  });
});
