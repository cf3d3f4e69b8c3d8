/** Messages that functions send, brought to a function by a platform with a database of its own. */

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { CONTROLS, type ResourceEntry } from '../../api.ts';
import { Project } from '../../../test/gateway/fixtures/project.ts';
import { Watcher } from '../../../test/gateway/fixtures/watcher.ts';
import { startOwnPlatform, type OwnPlatform } from '../store/fixtures/own-platform.ts';

const LIMITS = { maxDuration: 600, memory: 256 };
const project = new Project(LIMITS, { 'api/consumer.ts': { maxDuration: 1, memory: 256 } });
project.write(
  'api/producer.ts',
  `/** Sends what it is told to. */
import { send } from './_lib/queue.ts';
export async function POST(request: Request): Promise<Response> {
  const traceparent = request.headers.get('traceparent');
  const messages = await request.json();
  for (const message of messages) {
    await send('orders', { source: '/api/producer', type: 'order.placed', traceparent, ...message });
  }
  return new Response(null, { status: 202 });
}
`,
);
project.write(
  'api/consumer.ts',
  `/** Fares as the message says. */
export async function POST(request: Request): Promise<Response> {
  const { data } = await request.json();
  if (data.how === 'hang') await new Promise(() => setInterval(() => undefined, 1000));
  if (data.how === 'throw') throw new Error('poison');
  return Response.json({ type: request.headers.get('content-type') });
}
`,
);
project.write(
  'api/_platform.json',
  JSON.stringify({
    grants: { '/api/producer': ['store'], '/api/guestbook': ['store'] },
    triggers: {
      '/api/consumer': {
        queue: { name: 'orders', maxReceives: 2, retryS: 0, jitter: false, visibilityS: 600 },
      },
    },
  }),
);
const dataFolder = realpathSync(mkdtempSync(join(tmpdir(), 'data-')));
afterAll(() => {
  project.remove();
  rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
});

let platform: OwnPlatform;
let watcher: Watcher;
async function start(): Promise<void> {
  platform = await startOwnPlatform({ FAAS_STORE_IDLE_MS: '1000' }, project.root, dataFolder);
  watcher = await Watcher.open(platform.origin, 0);
}
async function stop(): Promise<void> {
  await watcher.close();
  await platform.stop();
}
beforeEach(start);
afterEach(stop);

const send = async (...messages: object[]): Promise<void> => {
  const answer = await platform.call('/api/producer', {
    method: 'POST',
    body: JSON.stringify(messages),
  });
  expect(answer.status).toBe(202);
};
const messages = (id: string) =>
  watcher.events.flatMap((event) => ('receives' in event && event.event === id ? event : []));
const fates = (id: string): string[] =>
  messages(id).map(({ type }) => type.slice('message.'.length));
/** Whether the database was put to sleep after the last message. */
const sleepsSinceDone = (): boolean => {
  const last = watcher.events.findLastIndex(({ type }) => type === 'message.done');
  return watcher.events
    .slice(last)
    .some(({ type, subject }) => type === 'instance.stopped' && subject.kind === 'store');
};
const entry = async (): Promise<ResourceEntry | undefined> => {
  const entries = (await (await platform.call(CONTROLS.resources)).json()) as ResourceEntry[];
  return entries.find(({ kind }) => kind === 'queue');
};

test('a message reaches its function, in one tree with the call that sent it; then all sleep', async () => {
  await send({ id: 'one', data: { how: 'well' } });
  await watcher.until(() => fates('one').length === 2);
  expect(fates('one')).toEqual(['taken', 'done']);
  const call = (url: string) =>
    watcher.of('request.queued').find((event) => event.url === url && event.method === 'POST');
  const taken = messages('one').find(({ type }) => type === 'message.taken');
  expect(taken).toMatchObject({
    subject: { kind: 'queue', name: 'orders' },
    trace: call('/api/producer')?.trace,
    parent: call('/api/producer')?.span,
  });
  expect(call('/api/consumer')).toMatchObject({ trace: taken?.trace, parent: taken?.span });
  // Neither the queue nor its trigger keeps the database awake, or wakes it.
  await watcher.until(sleepsSinceDone);
  expect(await entry()).toMatchObject({
    name: 'orders',
    state: 'idle',
    about: {
      function: '/api/consumer',
      running: 0,
      live: 0,
      dead: 0,
      looksAt: null,
      trouble: null,
    },
  });
});

test('poison, and a call that hangs, are tried as often as they may be and set aside', async () => {
  await send({ id: 'poison', data: { how: 'throw' } }, { id: 'hangs', data: { how: 'hang' } });
  const ends = (id: string): boolean => fates(id).at(-1) === 'set-aside';
  await watcher.until(() => ends('poison') && ends('hangs'));
  for (const id of ['poison', 'hangs']) {
    expect(fates(id)).toEqual(['taken', 'given-up', 'taken', 'given-up', 'set-aside']);
  }
  const why = (id: string): string[] => messages(id).flatMap((message) => message.why ?? []);
  expect(why('poison')[0]).toBe('The function answered 500.');
  expect(why('hangs')[0]).toBe('The function answered 504.');
});

test('what was waiting when the platform stopped is delivered by the next start, which is told by nobody', async () => {
  await send({ id: 'later', data: { how: 'well' }, delayS: 3 });
  await stop();
  await start();
  await watcher.until(() => fates('later').includes('done'));
  // An empty queue leaves no mark: the next start lets the database sleep.
  await watcher.until(sleepsSinceDone);
  await stop();
  await start();
  await platform.call('/api/hello');
  await watcher.until(() => watcher.of('request.done').length > 0);
  expect(watcher.events.some(({ subject }) => subject.kind === 'store')).toBe(false);
});
