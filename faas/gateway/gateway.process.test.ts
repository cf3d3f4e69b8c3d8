import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CONTROLS } from '../api.ts';
import type { ResponseMessage } from '../drivers/protocol.ts';
import { ok, refusing, ScriptedGateway } from './fixtures/scripted-gateway.ts';

let gateway: ScriptedGateway;

beforeAll(async () => {
  gateway = await ScriptedGateway.start();
});

afterAll(() => gateway.server.stop(1_000));

beforeEach(() => gateway.reset());

test('a function is asked with method, URL, headers and body, without what is the connection’s', async () => {
  await gateway.raw(
    'POST /api/a?b=c HTTP/1.1\r\nhost: localhost\r\nconnection: close, x-hop\r\nx-hop: 1\r\nX-Twice: 1\r\nx-twice: 2\r\ncontent-length: 4\r\n\r\nbody',
  );
  expect(gateway.platform.asked[0]?.request).toMatchObject({
    method: 'POST',
    url: '/api/a?b=c',
    headers: [
      ['host', 'localhost'],
      ['x-twice', '1'],
      ['x-twice', '2'],
      ['content-length', '4'],
    ],
    body: Buffer.from('body'),
  });
});

test('a page that asks where it is learns that a gateway stands here, whatever the site says', async () => {
  const answer = await gateway.get('/place.json');
  expect(answer.headers.get('content-type')).toBe('application/json');
  expect(await answer.json()).toMatchObject({ place: 'local' });
});

test('a large body, or one of unknown length, flows', async () => {
  const bodies: string[] = [];
  gateway.platform.answer = async ({ body }) => {
    const chunks: Uint8Array[] = [];
    expect(body).not.toBeInstanceOf(Uint8Array);
    for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
    bodies.push(Buffer.concat(chunks).toString());
    return ok('read');
  };
  const large = 'x'.repeat(200_000);
  await gateway.get('/api/a', { method: 'POST', body: large });
  const stream = new Blob(['in ', 'parts']).stream();
  await gateway.get('/api/a', { method: 'POST', body: stream, duplex: 'half' } as RequestInit);
  expect(bodies).toEqual([large, 'in parts']);
});

test('a caller who sends a small body slowly is not yet a request', async () => {
  const socket = connect(gateway.port, '127.0.0.1');
  socket.write(
    'POST /api/a HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: 4\r\n\r\nbo',
  );
  await gateway.get('/api/a');
  expect(gateway.platform.asked).toHaveLength(1);
  socket.end('dy');
  socket.resume();
  await once(socket, 'close');
  expect(gateway.platform.asked).toHaveLength(2);
});

test('an answer streams: its head and first bytes arrive before its end', async () => {
  const body = new Readable({ read: () => undefined });
  gateway.platform.answer = () => ({
    status: 201,
    headers: [
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ],
    body,
  });
  const answer = await gateway.get('/api/a');
  expect(answer.status).toBe(201);
  expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  const reader = answer.body?.getReader();
  body.push('first');
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('first');
  body.push(null);
  expect((await reader?.read())?.done).toBe(true);
});

test('an answer is read from the function no faster than the caller takes it', async () => {
  let produced = 0;
  const body = new Readable({
    read() {
      produced += 1;
      this.push(Buffer.alloc(65_536));
    },
  });
  gateway.platform.answer = () => ({ status: 200, headers: [], body });
  const caller = httpRequest({ port: gateway.port, host: '127.0.0.1', path: '/api/a' });
  caller.end();
  const [answer] = (await once(caller, 'response')) as [Readable];
  answer.pause();
  // Without back-pressure, each turn would produce at least one piece.
  for (let turn = 0; turn < 5_000; turn += 1) await setImmediate();
  expect(produced).toBeLessThan(1_000);
  const brokenOff = once(body, 'error');
  answer.destroy();
  await brokenOff;
  expect(body.destroyed).toBe(true);
});

test('an answer that breaks off breaks the connection, so that it cannot pass for a whole one', async () => {
  const body = new Readable({ read: () => undefined });
  gateway.platform.answer = () => ({ status: 200, headers: [], body });
  const answer = await gateway.get('/api/a');
  body.destroy(new Error('instance died'));
  await expect(answer.text()).rejects.toThrow();
});

test('the platform is notified when the caller leaves', async () => {
  const { promise: asked, resolve: onAsked } = Promise.withResolvers<AbortSignal>();
  const { promise: answer, resolve: onAnswer } = Promise.withResolvers<ResponseMessage>();
  gateway.platform.answer = (_request, signal) => {
    onAsked(signal);
    return answer;
  };
  const leaving = new AbortController();
  const call = gateway.get('/api/a', { signal: leaving.signal });
  const signal = await asked;
  expect(signal.aborted).toBe(false);
  leaving.abort();
  await expect(call).rejects.toThrow();
  if (!signal.aborted) await once(signal, 'abort');
  onAnswer(ok('too late'));
});

test('HEAD is answered as GET without its body', async () => {
  gateway.platform.answer = refusing('GET');
  const answer = await gateway.get('/api/a', { method: 'HEAD' });
  expect([answer.status, answer.headers.get('content-length')]).toEqual([200, '6']);
  expect(await answer.text()).toBe('');
});

test('OPTIONS is answered with the methods', async () => {
  gateway.platform.answer = refusing('GET, POST');
  const answer = await gateway.get('/api/a', { method: 'OPTIONS' });
  expect([answer.status, answer.headers.get('allow')]).toEqual([204, 'GET, POST']);
});

test('any other method is refused as the platform refuses it', async () => {
  gateway.platform.answer = refusing('GET');
  const answer = await gateway.get('/api/a', { method: 'DELETE' });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET']);
});

test('an error of the gateway itself is a problem, and the next request is answered', async () => {
  gateway.platform.answer = () => {
    throw new Error('a bug');
  };
  const answer = await gateway.get('/api/a');
  expect([answer.status, (await answer.json()).code]).toEqual([500, 'gateway-failed']);
  expect(gateway.errors).toEqual([new Error('a bug')]);
  gateway.platform.answer = () => ok('fine');
  expect((await gateway.get('/api/a')).status).toBe(200);
});

test('a burst makes its calls through the front door, and tells each answer on a line', async () => {
  const body = { method: 'GET', url: '/api/hello', headers: [], body: null, times: 12 };
  const response = await gateway.get(CONTROLS.burst, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  expect(response.headers.get('content-type')).toBe('application/x-ndjson');
  const lines = (await response.text()).trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { body: string }).body)).toEqual(
    Array.from({ length: 12 }, () => 'fine'),
  );
  expect(gateway.platform.asked).toHaveLength(12);
});

test('a burst that is malformed, or that another site asks for, calls nothing', async () => {
  const malformed = await gateway.get(CONTROLS.burst, { method: 'POST', body: '{}' });
  expect(malformed.status).toBe(400);
  const foreign = await gateway.get(CONTROLS.burst, {
    method: 'POST',
    body: '{}',
    headers: { origin: 'https://example.org' },
  });
  expect(foreign.status).toBe(403);
  expect(gateway.platform.asked).toHaveLength(0);
});

test('an answer that says nothing of caching is asked for again each time', async () => {
  const silent = await gateway.get('/api/a');
  expect(silent.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate');
  gateway.platform.answer = () => ({
    status: 200,
    headers: [['cache-control', 's-maxage=60']],
    body: null,
  });
  expect((await gateway.get('/api/a')).headers.get('cache-control')).toBe('s-maxage=60');
});
