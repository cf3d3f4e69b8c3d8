/** What goes wrong on purpose, asked for over HTTP. */

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CONTROLS, HEADERS } from '#faas/api.ts';
import { Project } from './fixtures/project.ts';
import { RunningGateway, untilGone } from './fixtures/running-gateway.ts';
import { isAlive } from '#faas/drivers/process/is-alive.ts';
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

afterEach(async () => {
  await gateway.call(CONTROLS.faults, { method: 'DELETE' });
  expect(await gateway.json(CONTROLS.faults)).toEqual([]);
});

const ask = (path: string, ...faults: object[]) =>
  gateway.call(CONTROLS.faults, {
    method: 'PUT',
    body: JSON.stringify({ function: path, faults }),
  });

test('nothing goes wrong unless it is asked for', async () => {
  expect(await gateway.json(CONTROLS.faults)).toEqual([]);
});

test.for(['/api/counter', '/api/py/counter'])(
  'a killed instance of %s takes its call with it, and the next call is cold',
  async (path) => {
    await gateway.call(path);
    const [before] = (await gateway.instances()).filter((each) => each.function === path);
    expect(before?.pid).not.toBeNull();
    expect((await ask(path, { is: 'kill' })).status).toBe(200);
    const answer = await gateway.call(path);
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      502,
      'instance-died',
    ]);
    await untilGone([before?.pid ?? 0]);
    expect(isAlive(before?.pid ?? 0)).toBe(false);
    expect((await gateway.call(path)).headers.get(HEADERS.cold)).toBe('1');
  },
);

test('a lost answer is 502 for its caller, and what the handler did is done', async () => {
  const first = (await (await gateway.call('/api/counter')).json()) as { count: number };
  await ask('/api/counter', { is: 'lost-answer' });
  const lost = await gateway.call('/api/counter');
  expect(await lost.json()).toMatchObject({ code: 'answer-lost', status: 502 });
  const next = (await (await gateway.call('/api/counter')).json()) as { count: number };
  expect(next.count).toBe(first.count + 2);
});

test('throttled calls are 429 with the time to come back, and the trace says so', async () => {
  const watcher = await Watcher.open(gateway.origin);
  await ask('/api/hello', { is: 'throttle', times: 3 });
  const answers = await Promise.all([1, 2, 3].map(() => gateway.call('/api/hello')));
  expect(answers.map(({ status }) => status)).toEqual([429, 429, 429]);
  expect(answers.map(({ headers }) => headers.get('retry-after'))).toEqual(['1', '1', '1']);
  expect((await gateway.call('/api/hello')).status).toBe(200);
  await watcher.until(() => watcher.of('request.done').length === 1);
  expect(watcher.of('request.failed')).toMatchObject(
    Array(3).fill({ function: '/api/hello', instance: null, code: 'throttled' }),
  );
  await watcher.close();
});

test('a page of another site cannot make anything go wrong', async () => {
  const answer = await gateway.call(CONTROLS.faults, {
    method: 'PUT',
    headers: { 'sec-fetch-site': 'cross-site', origin: 'http://evil.test' },
    body: JSON.stringify({ function: '/api/hello', faults: [{ is: 'throttle' }] }),
  });
  expect(answer.status).toBe(403);
  expect((await gateway.call('/api/hello')).status).toBe(200);
});
