/** Requests whose end two readers could see in two places: what hides in them reaches no function. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { Project } from './fixtures/project.ts';
import { RunningGateway } from './fixtures/running-gateway.ts';
import { Watcher } from './fixtures/watcher.ts';

const project = new Project();
let gateway: RunningGateway;
let watcher: Watcher;

beforeAll(async () => {
  gateway = await RunningGateway.start(project);
});

afterAll(async () => {
  await gateway.stop();
  project.remove();
});

const HIDDEN = 'GET /api/hello?name=Smuggler HTTP/1.1\r\nhost: localhost\r\n\r\n';
const CHUNKED = 'transfer-encoding: chunked\r\n';

/** A POST with these lines in its head, and with the hidden request where a body would begin. */
const post = (lines: string, body = `0\r\n\r\n${HIDDEN}`) =>
  `POST /api/echo HTTP/1.1\r\nhost: localhost\r\n${lines}\r\n${body}`;

test.for([
  ['a length and chunks', post(`content-length: 5\r\n${CHUNKED}`)],
  ['chunks and a length', post(`${CHUNKED}content-length: 5\r\n`)],
  ['two lengths that differ', post('content-length: 5\r\ncontent-length: 6\r\n')],
  ['two lengths in one line', post('content-length: 5, 6\r\n')],
  ['a length with a sign', post('content-length: +5\r\n')],
  ['a negative length', post('content-length: -5\r\n')],
  ['a length in hexadecimal', post('content-length: 0x5\r\n')],
  ['a length that overflows', post('content-length: 99999999999999999999999\r\n')],
  ['a space before the colon', post('content-length : 5\r\n')],
  ['a space before the colon of chunks', post('transfer-encoding : chunked\r\n')],
  ['a coding that is not the last', post('transfer-encoding: chunked, identity\r\n')],
  ['a coding that is unknown', post('transfer-encoding: xchunked\r\n')],
  ['a line that is folded', post('x-folded: a\r\n content-length: 5\r\n')],
  ['a bare carriage return', post('x-a: b\rcontent-length: 5\r\n')],
  ['a null byte', post('x-a: b\0\r\n')],
  ['a bare line feed after the size of a chunk', post(CHUNKED, `0\n\n${HIDDEN}`)],
  ['a size of a chunk that is no number', post(CHUNKED, `0x0\r\n\r\n${HIDDEN}`)],
  ['a chunk that is longer than its size', post(CHUNKED, `1\r\nab\r\n0\r\n\r\n${HIDDEN}`)],
] as const)('%s: nothing after it is answered', async ([, bytes]) => {
  watcher = await Watcher.open(gateway.origin);
  const answer = await gateway.raw(bytes);
  expect(answer).not.toContain('Smuggler');
  expect(answer.match(/HTTP\/1\.1 \d{3}/g) ?? []).toEqual(['HTTP/1.1 400']);
  // What follows is the first that a function hears of.
  await gateway.call('/api/hello?name=Ada');
  await watcher.until(() => watcher.of('request.done').length === 1);
  expect(watcher.of('request.queued').map(({ url }) => url)).not.toContain(
    '/api/hello?name=Smuggler',
  );
  await watcher.close();
});

test('a request by its length, and the next on the same connection, are two', async () => {
  const answer = await gateway.raw(
    post('content-length: 5\r\n', 'hello') +
      'GET /api/hello?name=Ada HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n',
  );
  expect(answer.match(/HTTP\/1\.1 \d{3}/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200']);
});
