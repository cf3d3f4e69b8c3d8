import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import type { TraceEvent } from '../core/trace/trace.ts';
import { ofCall, ofFunction } from '../core/trace/fixtures/events.ts';
import { EventLog } from './event-log.ts';
import { EventStream, lastEventId, type EventStreamOptions } from './event-stream.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const queued = (n: number, url = '/api/a'): TraceEvent => ({
  type: 'request.queued',
  at: n,
  ...ofCall('/api/a', `r${n}`),
  method: 'GET',
  url,
});

async function serve(log: EventLog, options?: EventStreamOptions) {
  const stream = new EventStream(log, options);
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '', 'http://x').searchParams;
    stream.watch(response, lastEventId(request, query));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const watch = (path = '/', headers = {}) =>
    new Promise<IncomingMessage>((resolve) => get(origin + path, { headers }, resolve));
  return { stream, watch };
}

/** Reads until `enough` returns true. */
async function read(response: IncomingMessage, enough: (text: string) => boolean): Promise<string> {
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) {
    text += chunk as string;
    if (enough(text)) return text;
  }
  return text;
}

const ids = (text: string) => [...text.matchAll(/^id: (\d+)\ndata:/gm)].map(([, id]) => Number(id));

test('a watcher gets each event from now on, in order and numbered', async () => {
  const log = new EventLog({ firstId: 100 });
  log.append(queued(0));
  const { watch } = await serve(log);
  const response = await watch();
  log.append(queued(1));
  log.append(queued(2));

  const text = await read(response, (t) => t.includes('r2'));
  expect(response.headers['content-type']).toBe('text/event-stream');
  expect(text).toMatch(/^retry: 1000\nid: 100\n\n/);
  expect(ids(text)).toEqual([101, 102]);
  expect(text).toContain(`data: ${JSON.stringify({ ...queued(2), function: '/api/a' })}\n\n`);
});

test('a watcher that returns with its last number misses no event that is kept', async () => {
  const log = new EventLog({ firstId: 1 });
  for (let n = 1; n <= 5; n += 1) log.append(queued(n));
  const { watch } = await serve(log);
  const response = await watch('/', { 'last-event-id': '3' });
  log.append(queued(6));
  expect(ids(await read(response, (t) => t.includes('r6')))).toEqual([4, 5, 6]);
});

test('a first connection may ask for the past in its query', async () => {
  const log = new EventLog({ firstId: 1 });
  for (let n = 1; n <= 3; n += 1) log.append(queued(n));
  const { watch } = await serve(log);
  expect(ids(await read(await watch('/?lastEventId=1'), (t) => t.includes('r3')))).toEqual([2, 3]);
});

test('nothing is missed by who asks for all that is kept', async () => {
  const log = new EventLog({ firstId: 50, maxEvents: 2 });
  for (let n = 1; n <= 3; n += 1) log.append(queued(n));
  const { watch } = await serve(log);
  const text = await read(await watch('/?lastEventId=0'), (t) => t.includes('r3'));
  expect(ids(text)).toEqual([51, 52]);
  expect(text).not.toContain('gap');
});

test.for([
  ['what was missed is no longer kept', '2'],
  ['the number is of a future that never was', '99999'],
])('a gap is reported before the rest when %s', async ([, last]) => {
  const log = new EventLog({ firstId: 1, maxEvents: 3 });
  for (let n = 1; n <= 8; n += 1) log.append(queued(n));
  const { watch } = await serve(log);
  const text = await read(await watch('/', { 'last-event-id': last }), (t) => t.includes('r8'));
  expect(text).toContain('event: gap\ndata: {"from":');
  expect(ids(text)).toEqual([6, 7, 8]);
});

const printed = (n: number, text: string): TraceEvent => ({
  type: 'log',
  at: n,
  ...ofFunction('/api/a'),
  instance: 'i',
  request: null,
  stream: 'stdout',
  text,
});

test('a watcher who does not read is let go, and the others are not held up', async () => {
  const log = new EventLog({ firstId: 1, maxEvents: 10 });
  const { stream, watch } = await serve(log, { heartbeatMs: 20 });
  const slow = await watch();
  const good = await watch();
  slow.pause();
  slow.on('error', () => undefined);
  expect(stream.watchers).toBe(2);

  let last = 0;
  const reading = read(good, (text) => text.includes(`"end"`));
  const line = 'x'.repeat(20_000);
  while (stream.watchers === 2) {
    log.append(printed(++last, line));
    await new Promise((resolve) => setImmediate(resolve));
  }
  log.append(printed(++last, 'end'));
  expect(ids(await reading)).toContain(last);
});

test('a slow watcher is sent every event that is kept, and the gap where some are not', async () => {
  const log = new EventLog({ firstId: 1, maxEvents: 400 });
  for (let n = 1; n <= 400; n += 1) log.append(printed(n, 'x'.repeat(4_000)));
  const { watch } = await serve(log);
  const response = await watch('/?lastEventId=0');
  const received = ids(await read(response, (text) => text.includes('id: 400\n')));
  expect(received).toEqual(Array.from({ length: 400 }, (_, n) => n + 1));
});

test('a heartbeat keeps a quiet stream alive', async () => {
  const { watch } = await serve(new EventLog(), { heartbeatMs: 5 });
  expect(await read(await watch(), (text) => text.includes('\n:\n\n'))).toContain(':\n\n');
});

test('no listener is left when the last watcher leaves', async () => {
  const log = new EventLog();
  const { stream, watch } = await serve(log);
  const response = await watch();
  expect(stream.watchers).toBe(1);
  response.destroy();
  await vi.waitFor(() => expect(stream.watchers).toBe(0));
  log.append(queued(1));
});

test('the log keeps a bounded number of printed characters and of characters in URLs', () => {
  const log = new EventLog({ firstId: 1, maxCharacters: 25 });
  for (let n = 1; n <= 4; n += 1) {
    log.append({
      type: 'log',
      at: n,
      ...ofFunction('f'),
      instance: 'i',
      request: null,
      stream: 'stdout',
      text: 'x'.repeat(10),
    });
  }
  expect([log.first, log.next]).toEqual([3, 5]);
  log.append(queued(5, 'u'.repeat(20)));
  expect([log.first, log.next]).toEqual([5, 6]);
  expect(() => log.at(4)).toThrow(RangeError);
});
