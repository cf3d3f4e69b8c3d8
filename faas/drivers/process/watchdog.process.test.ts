import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { fixtureSpec } from '../fixtures/fixture-spec.ts';
import { ProcessDriver } from './driver.ts';
import { isAlive } from './is-alive.ts';

const root = fileURLToPath(new URL('../fixtures', import.meta.url));
const driver = new ProcessDriver({ root });
await driver.prepare();
const hasPython = driver.missing(fixtureSpec('api/py/contract.py')) === null;
const files = ['api/contract.ts', 'api/contract.ts', ...(hasPython ? ['api/py/contract.py'] : [])];

test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
  'instances in busy loops end with a server that ends by %s',
  async (signal) => {
    const server = spawn(process.execPath, [`${root}/doomed-server.ts`, ...files], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = (await once(server.stdout, 'data')) as [Buffer];
    const pids = JSON.parse(line.toString()) as number[];
    expect(pids.filter(isAlive)).toEqual(pids);
    expect(pids).toHaveLength(files.length);
    server.kill(signal);
    await once(server, 'exit');
    await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]));
  },
);
