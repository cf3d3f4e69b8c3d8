/** SIGKILL of everything, at any moment: what was answered with 201 is there afterwards. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { Project } from '../../../test/gateway/fixtures/project.ts';
import { RunningGateway } from '../../../test/gateway/fixtures/running-gateway.ts';
import { isAlive } from '../../drivers/process/is-alive.ts';

const project = new Project();
afterAll(() => project.remove());

/** The process and all that it has started, in whatever group they are. */
function treeOf(root: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(name)] as const);
  const below = (pid: number): number[] => [
    pid,
    ...parents.filter(([, parent]) => parent === pid).flatMap(([child]) => below(child)),
  ];
  return below(root);
}

function parentOf(pid: string): number {
  try {
    // The name of the program may hold anything, brackets too.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
  } catch {
    return 0;
  }
}

async function killAll({ process: child }: RunningGateway): Promise<void> {
  const all = treeOf(child.pid ?? 0);
  for (const pid of all) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
  await vi.waitUntil(() => !all.some(isAlive));
}

/** Signs until the platform is gone. @returns ids of the entries that were answered with 201 */
async function sign(gateway: RunningGateway, acknowledged: string[]): Promise<void> {
  for (;;) {
    const id = crypto.randomUUID();
    const body = JSON.stringify({ id, name: 'Ada', text: id });
    const answer = await gateway.call('/api/guestbook', { method: 'POST', body }).catch(() => null);
    if (answer === null) return;
    if (answer.status === 201 && (await answer.json().catch(() => null)) !== null)
      acknowledged.push(id);
  }
}

async function entries(gateway: RunningGateway): Promise<string[]> {
  const answer = await gateway.call('/api/guestbook?limit=100');
  return ((await answer.json()) as { entries: { id: string }[] }).entries.map(({ id }) => id);
}

describe.runIf(process.platform === 'linux')('kill -9 of the whole process tree', () => {
  test('while the database is being made leaves none that looks like one', async () => {
    const gateway = await RunningGateway.start(project);
    const first = gateway.call('/api/guestbook').catch(() => null);
    const folder = join(project.root, '.faas/store');
    await vi.waitUntil(
      () => existsSync(folder) && readdirSync(folder).some((name) => name.includes('.new-')),
    );
    await killAll(gateway);
    await first;
    expect(readdirSync(folder).every((name) => name.includes('.new-'))).toBe(true);
  });

  test.for([1, 5, 12])('once %i entries are answered loses none of them', async (enough) => {
    const gateway = await RunningGateway.start(project);
    const before = await entries(gateway);
    const acknowledged: string[] = [];
    const signing = Array.from({ length: 3 }, () => sign(gateway, acknowledged));
    await vi.waitUntil(() => acknowledged.length >= enough);
    await killAll(gateway);
    await Promise.all(signing);
    const again = await RunningGateway.start(project);
    const after = await entries(again);
    expect(after).toEqual(expect.arrayContaining([...before, ...acknowledged]));
    await again.stop();
  });
});
