/** The trace over the wire: who loses the line misses nothing that is kept. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { Project } from './fixtures/project.ts';
import { RunningGateway } from './fixtures/running-gateway.ts';
import { Watcher } from './fixtures/watcher.ts';

const project = new Project();
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start(project);
});

afterAll(async () => {
  await gateway.stop();
  project.remove();
});

test('a watcher who loses the line again and again is told what one who stays is told', async () => {
  const steady = await Watcher.open(gateway.origin);
  const ids: number[] = [];
  let calls = 0;
  let calling = true;
  const load = async (): Promise<void> => {
    while (calling) {
      await (await gateway.call('/api/hello')).text();
      calls += 1;
    }
  };
  const loads = [load(), load()];

  let broken = await Watcher.open(gateway.origin, 0);
  for (let round = 0; round < 10; round += 1) {
    const before = calls;
    await broken.until(() => calls > before + 5 && broken.ids.length > 0);
    await broken.close();
    ids.push(...broken.ids);
    broken = await Watcher.open(gateway.origin, broken.lastId);
  }
  calling = false;
  await Promise.all(loads);
  await steady.until(() => steady.of('request.done').length === calls);
  await broken.until(() => broken.lastId === steady.lastId);
  ids.push(...broken.ids);

  expect(ids).toEqual(steady.ids);
  expect(ids).toEqual(Array.from(ids, (_, n) => (ids[0] ?? 0) + n));
  await Promise.all([steady.close(), broken.close()]);
});

test('numbers grow over a restart, and the gap is told', async () => {
  const before = await Watcher.open(gateway.origin, 0);
  await gateway.call('/api/hello');
  await before.until(() => before.ids.length > 0);
  await before.close();
  await gateway.stop();

  gateway = await RunningGateway.start(project);
  const after = await Watcher.open(gateway.origin, before.lastId);
  await gateway.call('/api/hello');
  await after.until(() => after.of('request.done').length === 1);
  expect(after.ids[0]).toBeGreaterThan(before.lastId);
  await after.close();
});
