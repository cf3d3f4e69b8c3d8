import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ScriptedGateway } from './fixtures/scripted-gateway.ts';

let gateway: ScriptedGateway;

beforeAll(async () => {
  gateway = await ScriptedGateway.start();
});

afterAll(() => gateway.server.stop(1_000));

beforeEach(() => gateway.reset());

const CLOSE = 'connection: close\r\n\r\n';

/** @param head without the `connection` header and the final empty line */
async function statusOf(head: string): Promise<number> {
  const answer = await gateway.raw(`${head}\r\n${CLOSE}`);
  return Number(answer.slice('HTTP/1.1 '.length).slice(0, 3));
}

const asked = () => gateway.platform.asked.map(({ request }) => request);

test.for([
  'localhost:99999',
  'localhost:1:2',
  'localhost:eighty',
  'a b',
  'x<y',
  'x>y',
  'x"y',
  'a,b c',
  '127.0.0.1@evil.test',
  'localhost/',
  'localhost?',
  'localhost#',
  '[::1',
  '[localhost]',
  '%zz',
  '1.2.3.4.5',
])('the host "%s" is none: 400, and no function hears of it', async (host) => {
  expect(await statusOf(`GET /api/a HTTP/1.1\r\nhost: ${host}`)).toBe(400);
  expect(asked()).toEqual([]);
});

test.for([
  'localhost',
  'localhost:',
  'LOCALHOST:4321',
  '127.0.0.1:80',
  '[::1]:4321',
  'course.test',
])('the host "%s" is one', async (host) => {
  expect(await statusOf(`GET /api/a HTTP/1.1\r\nhost: ${host}`)).toBe(200);
});

test.for([
  ['none', ''],
  ['two that are the same', 'host: localhost\r\nhost: localhost\r\n'],
  ['two that differ', 'Host: localhost\r\nHOST: evil.test\r\n'],
])('a request with %s is 400', async ([, lines = '']) => {
  const answer = await gateway.raw(`GET /api/a HTTP/1.1\r\n${lines}${CLOSE}`);
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(asked()).toEqual([]);
});

test.for([
  ['gzip, chunked', 501],
  ['GZIP', 400],
  ['identity, chunked', 501],
  ['chunked, chunked', 400],
])(
  'a body in the coding "%s" is refused with %i, and its connection is closed',
  async ([coding, status]) => {
    const answer = await gateway.raw(
      `POST /api/a HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: ${coding}\r\n\r\n0\r\n\r\nGET /api/hidden HTTP/1.1\r\nhost: localhost\r\n\r\n`,
    );
    expect(answer.match(/HTTP\/1\.1 \d{3}/g)).toEqual([`HTTP/1.1 ${status}`]);
    expect(asked()).toEqual([]);
  },
);

test('chunks in a request of HTTP/1.0 are refused', async () => {
  const answer = await gateway.raw(
    'POST /api/a HTTP/1.0\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  );
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
});

test.for([
  ['http://localhost:4321/api/a?b=c', 'evil.test', '/api/a?b=c', 'localhost:4321'],
  ['HTTP://course.test/api/a', 'localhost', '/api/a', 'course.test'],
  ['http://localhost?b', 'localhost', '/?b', 'localhost'],
] as const)(
  'the target %s says path and host, whatever Host says',
  async ([target, host, path, named]) => {
    gateway.platform.answer = ({ url, headers }) => ({
      status: 200,
      headers: [],
      body: Buffer.from(`${url} of ${headers.find(([name]) => name === 'host')?.[1]}`),
    });
    const answer = await gateway.raw(`GET ${target} HTTP/1.1\r\nhost: ${host}\r\n${CLOSE}`);
    if (path.startsWith('/api/')) expect(answer).toContain(`${path} of ${named}`);
    else expect(answer).toContain('the site');
  },
);

test('the host of a target that is a URL is guarded like any other', async () => {
  expect(await statusOf('GET http://evil.test/api/a HTTP/1.1\r\nhost: localhost')).toBe(421);
  expect(await statusOf('GET http://ada@localhost/api/a HTTP/1.1\r\nhost: localhost')).toBe(400);
  expect(asked()).toEqual([]);
});

test.for([
  ['GET', '*', 400],
  ['OPTIONS', '*', 204],
  ['GET', 'api/a', 400],
  ['GET', 'ftp://localhost/api/a', 400],
  ['GET', 'localhost:80', 400],
] as const)('%s %s is %i', async ([method, target, status]) => {
  expect(await statusOf(`${method} ${target} HTTP/1.1\r\nhost: localhost`)).toBe(status);
});

test('a caller that expects 100-continue gets it, and then its answer', async () => {
  gateway.platform.answer = async ({ body }) => {
    if (body === null) throw new Error('Expected a body');
    const pieces = body instanceof Uint8Array ? [body] : await Array.fromAsync(body);
    return { status: 200, headers: [], body: Buffer.concat(pieces) };
  };
  const socket = connect(gateway.port, '127.0.0.1').setEncoding('latin1');
  let heard = '';
  socket.on('data', (text) => (heard += String(text)));
  socket.write(
    `POST /api/a HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\ncontent-length: 5\r\n${CLOSE}`,
  );
  await expect.poll(() => heard).toBe('HTTP/1.1 100 Continue\r\n\r\n');
  socket.write('hello');
  await once(socket, 'close');
  expect(heard).toMatch(/HTTP\/1\.1 200 OK[^]*hello/);
});

test('any other expectation is answered with 417', async () => {
  expect(await statusOf('GET /api/a HTTP/1.1\r\nhost: localhost\r\nexpect: tea')).toBe(417);
});
