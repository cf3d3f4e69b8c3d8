/** Many instances before few doors, on a database of their own. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startOwnPlatform, type OwnPlatform } from '#faas/resources/store/fixtures/own-platform.ts';
import { Project } from '../../test/gateway/fixtures/project.ts';

interface Try {
  readonly outcome: string;
  readonly opened: number;
  readonly open: number;
  readonly others: number;
}

/** All thirty must be there at once. Nearly all have started before: few are still cold then. */
const HOLD_MS = 12_000;

// A call may take longer there.
const project = new Project();
let platform: OwnPlatform;
beforeAll(async () => {
  platform = await startOwnPlatform({}, project.root);
});
afterAll(async () => {
  await platform.stop();
  project.remove();
});

const storm = async (query: string): Promise<Try> => {
  const answer = await platform.call(`/api/storm?${query}`);
  return (await answer.json()) as Try;
};
const outcomes = (tries: readonly Try[], outcome: string): number =>
  tries.filter((one) => one.outcome === outcome).length;

test('with a pool in front all thirty are answered, by one connection', async () => {
  const tries = await Promise.all(Array.from({ length: 30 }, () => storm('how=front&holdMs=4000')));
  expect(outcomes(tries, 'answered')).toBe(30);
  expect(tries.every(({ open }) => open === 1)).toBe(true);
});

test('of thirty with a pool each, sixteen find a door: twenty, less three reserved, less the platform’s own', async () => {
  const tries = await Promise.all(
    Array.from({ length: 30 }, () => storm(`how=lazy&holdMs=${HOLD_MS}`)),
  );
  expect([outcomes(tries, 'answered'), outcomes(tries, '53300')]).toEqual([16, 14]);
  expect(Math.max(...tries.map(({ open }) => open))).toBe(17);
});

test('with pools that are filled at once, the second instance is the first to be refused', async () => {
  const first = storm('how=filled&holdMs=8000');
  await expect.poll(async () => (await storm('how=look')).open).toBe(11);
  const second = await storm('how=filled');
  expect(second.outcome).toBe('53300');
  expect(await first).toMatchObject({ outcome: 'answered', opened: 10 });
});

test('a storm leaves all doors closed behind it', async () => {
  await expect.poll(async () => (await storm('how=look')).open).toBe(1);
});

test.for(['how=wild', 'holdMs=-1', 'holdMs=soon'])('%s is refused', async (query) => {
  expect((await platform.call(`/api/storm?${query}`)).status).toBe(400);
});
