import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { CONTROLS } from '../api.ts';
import type { ResponseMessage } from '../drivers/protocol.ts';
import { ok, ScriptedGateway } from './fixtures/scripted-gateway.ts';

let gateway: ScriptedGateway;

beforeAll(async () => {
  gateway = await ScriptedGateway.start();
});

afterAll(() => gateway.server.stop(1_000));

beforeEach(() => gateway.reset());

test.for([
  ['no path', 'GET * HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n'],
  ['no HTTP', 'hello\r\n\r\n'],
  ['no host', 'GET / HTTP/1.1\r\n\r\n'],
  [
    'two lengths',
    'POST /api/a HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab',
  ],
  [
    'a length and chunks',
    'POST /api/a HTTP/1.1\r\nhost: localhost\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /api/b HTTP/1.1\r\n\r\n',
  ],
  ['a bare line feed', 'GET / HTTP/1.1\nhost: localhost\n\n'],
])('%s is a bad request and reaches no function', async ([, bytes]) => {
  expect(await gateway.raw(bytes ?? '')).toMatch(/^HTTP\/1.1 400 /);
  expect(gateway.platform.asked).toEqual([]);
});

test('a head that is too large is refused', async () => {
  const answer = await gateway.raw(
    `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1.1 431 /);
});

test('a port that is taken is named, with another to take', async () => {
  const { port } = gateway;
  await expect(ScriptedGateway.start(undefined, port)).rejects.toThrow(
    `Port ${port} is in use by another program. Stop that program, or take another port: PORT=${port + 1} npm start`,
  );
});

test('a stopping server answers what is in flight and ends its event streams', async () => {
  const other = await ScriptedGateway.start();
  const { promise: answer, resolve: onAnswer } = Promise.withResolvers<ResponseMessage>();
  other.platform.answer = () => answer;
  const events = await other.get(CONTROLS.events);
  const call = other.get('/api/a');
  await vi.waitFor(() => expect(other.platform.asked).toHaveLength(1));
  const stopped = other.server.stop(10_000);
  expect(await events.text()).toMatch(/^retry/);
  await expect(other.get('/')).rejects.toThrow();
  onAnswer(ok('in the end'));
  expect(await (await call).text()).toBe('in the end');
  await stopped;
});
