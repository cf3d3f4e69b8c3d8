/** From nothing to many and back to nothing, told alike by answers, headers and events. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { CONTROLS, HEADERS } from '#faas/api.ts';
import { Project, repositoryFile } from './fixtures/project.ts';
import { RunningGateway, untilGone } from './fixtures/running-gateway.ts';
import { Watcher } from './fixtures/watcher.ts';

const project = new Project();
let gateway: RunningGateway;
let watcher: Watcher;

afterAll(() => project.remove());

// Each test begins with nothing, and no instance leaves because the machine is busy.
beforeEach(async () => {
  gateway = await RunningGateway.start(project, { FAAS_IDLE_TIMEOUT_MS: 'unlimited' });
  watcher = await Watcher.open(gateway.origin);
  return async () => {
    await watcher.close();
    await gateway.stop();
  };
});

interface Answer {
  readonly count: number;
  readonly handlerCount: number;
  readonly instance: string;
  readonly request: string;
  readonly cold: boolean;
  readonly served: number;
  readonly code: string;
  readonly timing: Record<string, number>;
}

async function count(path = '/api/counter'): Promise<Answer> {
  const response = await gateway.call(path);
  const header = (name: string) => response.headers.get(name) ?? '';
  return {
    ...((await response.json()) as { count: number; handlerCount: number }),
    instance: header(HEADERS.instance),
    request: header(HEADERS.request),
    cold: header(HEADERS.cold) === '1',
    served: Number(header(HEADERS.served)),
    code: header(HEADERS.code),
    timing: timingOf(header('server-timing')),
  };
}

function timingOf(header: string): Record<string, number> {
  const entries = [...header.matchAll(/(\w+);dur=([\d.]+)/g)];
  return Object.fromEntries(entries.map(([, name, ms]) => [name, Number(ms)]));
}

async function inSequence(calls: number, path?: string): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let n = 0; n < calls; n += 1) answers.push(await count(path));
  return answers;
}

const distinct = (values: readonly string[]) => new Set(values).size;

test.for(['/api/counter', '/api/py/counter'])(
  'ten calls of %s one after another are ten of one instance',
  async (path) => {
    const answers = await inSequence(10, path);
    expect(answers.map((answer) => answer.count)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(answers.map((answer) => answer.served)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(new Set(answers.map((answer) => answer.handlerCount))).toEqual(new Set([1]));
    expect(answers.map((answer) => answer.cold)).toEqual([true, ...Array(9).fill(false)]);
    expect(distinct(answers.map((answer) => answer.instance))).toBe(1);
  },
);

test('ten calls at once are of several instances, each counting for itself', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => count()));
  const instances = distinct(answers.map((answer) => answer.instance));
  expect(instances).toBeGreaterThan(1);
  expect(answers.filter((answer) => answer.count === 1)).toHaveLength(instances);
  for (const answer of answers) {
    expect(answer.served).toBe(answer.count);
    expect(answer.cold).toBe(answer.count === 1);
  }
});

test('after its keep-alive nothing is left, and the next call is cold', async () => {
  const policy = { name: 'keep-alive', idleTimeoutMs: 400 };
  await gateway.call(CONTROLS.policies, {
    method: 'PUT',
    body: JSON.stringify({ function: '/api/counter', policy }),
  });
  await inSequence(1);
  await gateway.untilZero();
  await untilGone(watcher.pids);
  const [answer] = await inSequence(1);
  expect(answer).toMatchObject({ count: 1, cold: true, served: 1 });
  await watcher.until(() => watcher.of('instance.ready').length === 2);
  expect(watcher.of('instance.stopped')[0]).toMatchObject({ reason: 'idle', served: 1 });
});

test('headers and events tell the same story, number by number', async () => {
  const answers = [...(await Promise.all([count(), count(), count()])), ...(await inSequence(3))];
  await watcher.until(() => watcher.of('request.done').length === answers.length);

  for (const answer of answers) {
    const about = watcher.events.filter(
      (event) => 'request' in event && event.request === answer.request,
    );
    const started = watcher.of('request.started').find(({ request }) => request === answer.request);
    const ready = watcher.of('instance.ready').find(({ instance }) => instance === answer.instance);
    expect(about.map(({ type }) => type)).toEqual(
      answer.cold
        ? ['request.queued', 'instance.starting', 'request.started', 'request.done']
        : ['request.queued', 'request.started', 'request.done'],
    );
    expect(started).toMatchObject({
      instance: answer.instance,
      cold: answer.cold,
      served: answer.served,
    });
    // Less than a millisecond is the platform's own work, and no waiting.
    const queueMs = started?.queueMs ?? NaN;
    expect(answer.timing['queue']).toEqual(queueMs < 1 ? undefined : expect.closeTo(queueMs, 2));
    expect(answer.timing['start']).toEqual(
      answer.cold ? expect.closeTo(ready?.startMs ?? NaN, 2) : undefined,
    );
    expect(answer.timing['init']).toEqual(
      answer.cold ? expect.closeTo(ready?.initMs ?? NaN, 2) : undefined,
    );
    const done = watcher.of('request.done').find(({ request }) => request === answer.request);
    expect(done?.status).toBe(200);
    expect(answer.timing['handler']).toBeCloseTo(done?.handlerMs ?? NaN, 2);
  }
});

test('the list of instances agrees with the answers', async () => {
  const answers = await inSequence(3);
  expect(await gateway.instances()).toMatchObject([
    {
      id: answers[0]?.instance,
      function: '/api/counter',
      state: 'idle',
      startedAt: expect.any(Number),
      served: 3,
      memoryMb: expect.any(Number),
      pid: expect.any(Number),
    },
  ]);
});

test('the code in the header, in the list and on the disk is one', async () => {
  const [answer] = await inSequence(1);
  const file = readFileSync(repositoryFile('api/counter.ts'));
  const hash = createHash('sha256').update(file).digest('hex');
  const functions = await gateway.json<{ path: string }[]>(CONTROLS.functions);
  expect(answer?.code).toBe(hash);
  expect(functions.find(({ path }) => path === '/api/counter')).toEqual({
    path: '/api/counter',
    name: '/api/counter',
    revision: expect.stringMatching(/^[0-9a-f]{8}$/) as string,
    file: 'api/counter.ts',
    runtime: 'node',
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    code: hash,
    maxDurationS: 600,
    memoryMb: 256,
  });
});

test('traceparent is continued: the function is handed a span of its own in the caller’s trace', async () => {
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
  const caller = '00f067aa0ba902b7';
  const first = await traceparentSeen(`00-${trace}-${caller}-01`);
  const second = await traceparentSeen(first);
  const [, span] = /^00-4bf92f3577b34da6a3ce929d0e0e4736-([0-9a-f]{16})-01$/.exec(first) ?? [];
  const [, inner] = /^00-4bf92f3577b34da6a3ce929d0e0e4736-([0-9a-f]{16})-01$/.exec(second) ?? [];
  await watcher.until(() => watcher.of('request.done').length === 2);
  expect(watcher.of('request.queued')).toMatchObject([
    { function: '/api/echo', trace, span, parent: caller },
    { function: '/api/echo', trace, span: inner, parent: span },
  ]);
});

async function traceparentSeen(traceparent: string): Promise<string> {
  const answer = await gateway.call('/api/echo', { headers: { traceparent } });
  const { headers } = (await answer.json()) as { headers: Record<string, string> };
  return headers['traceparent'] ?? '';
}
