/** Functions scaled in other ways than one call per instance: as started, and as set on the way. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { CONTROLS, HEADERS, type PolicyEntry } from '#faas/api.ts';
import { Project } from './fixtures/project.ts';
import { RunningGateway } from './fixtures/running-gateway.ts';

const project = new Project();
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start(project, {
    FAAS_POLICY: 'concurrent:concurrency=8 /api/counter=fixed:servers=2',
  });
});

afterAll(async () => {
  await gateway.stop();
  project.remove();
});

const put = (body: object) =>
  gateway.call(CONTROLS.policies, { method: 'PUT', body: JSON.stringify(body) });

async function inForce(path: string): Promise<PolicyEntry | undefined> {
  const all = await gateway.json<PolicyEntry[]>(CONTROLS.policies);
  return all.find((entry) => entry.function === path);
}

async function instancesOf(path: string): Promise<number> {
  return (await gateway.instances()).filter((instance) => instance.function === path).length;
}

test('each function has the policy that the start gave it', async () => {
  expect(await inForce('/api/work')).toMatchObject({ name: 'concurrent', concurrency: 8 });
  expect(await inForce('/api/counter')).toMatchObject({ name: 'fixed', maxInstances: 2 });
});

test('a fixed number of servers is there before anyone calls', async () => {
  while ((await instancesOf('/api/counter')) < 2);
  const answer = await gateway.call('/api/counter');
  expect(answer.headers.get(HEADERS.cold)).toBe('0');
});

test.for(['/api/work', '/api/py/hello'])('one instance of %s takes several calls', async (path) => {
  const calls = Array.from({ length: 8 }, () => gateway.call(`${path}?waitMs=200`));
  const answers = await Promise.all(calls);
  const instances = new Set(answers.map(({ headers }) => headers.get(HEADERS.instance)));
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
  expect(instances.size).toBe(1);
});

test('another policy holds from the next call on, and taking it back brings the first', async () => {
  const policy = { name: 'keep-alive', idleTimeoutMs: 60_000, maxInstances: 3 };
  const told = (await (await put({ function: '/api/work', policy })).json()) as PolicyEntry[];
  expect(told.find((entry) => entry.function === '/api/work')).toMatchObject({
    name: 'keep-alive',
    options: { idleTimeoutMs: 60_000, maxInstances: 3 },
    concurrency: 1,
  });
  const calls = Array.from({ length: 3 }, () => gateway.call('/api/work?waitMs=500'));
  const instances = (await Promise.all(calls)).map(({ headers }) => headers.get(HEADERS.instance));
  expect(new Set(instances).size).toBe(3);

  await gateway.call(`${CONTROLS.policies}?function=/api/work`, { method: 'DELETE' });
  expect(await inForce('/api/work')).toMatchObject({ name: 'concurrent', concurrency: 8 });
});

test('a policy that there is not is 400 with those there are', async () => {
  const answer = await put({ function: '/api/work', policy: { name: 'lambda' } });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({
    code: 'bad-request',
    detail: 'There is no policy "lambda". Expected one of keep-alive, concurrent, fixed, kpa.',
  });
  expect(await inForce('/api/work')).toMatchObject({ name: 'concurrent' });
});

test('a start with a policy for a function that is not there is refused', async () => {
  const starting = RunningGateway.start(project, { FAAS_POLICY: '/api/wrk=kpa' });
  await expect(starting).rejects.toThrow('The gateway ended before it listened');
});
