import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Answer } from './answer.ts';
import { Connection, type Sent } from './connection.ts';

const GET: Sent = { method: 'GET', path: '/a?b=c', headers: ['x-one', '1'], body: null };
const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

let server: Server;
let heard = '';
let reply: (socket: Socket) => void;
let told: { freed: number; closed: number };
let connection: Connection;

beforeEach(async () => {
  heard = '';
  const mine = (told = { freed: 0, closed: 0 });
  reply = (socket) => socket.write(OK);
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1');
      reply(socket);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  connection = new Connection(port, { free: () => mine.freed++, closed: () => mine.closed++ });
});

afterEach(async () => {
  connection.close();
  await new Promise((resolve) => server.close(resolve));
});

function call(sent: Partial<Sent> = {}): Answer['received'] {
  const answer = new Answer();
  connection.dispatch({ ...GET, ...sent }, answer);
  return answer.received;
}

const port = (): number => (server.address() as AddressInfo).port;

describe('a call', () => {
  test('goes out as it is, and the connection is free for the next', async () => {
    expect(await call()).toMatchObject({ status: 200, body: Buffer.from('ok') });
    expect(heard).toBe(`GET /a?b=c HTTP/1.1\r\nx-one: 1\r\nhost: 127.0.0.1:${port()}\r\n\r\n`);
    expect([told.freed, connection.isOpen]).toEqual([1, true]);
    await call({ headers: ['host', 'localhost'] });
    expect(heard).toMatch(/\r\n\r\nGET \/a\?b=c HTTP\/1\.1\r\nhost: localhost\r\n\r\n$/);
  });

  test.for([
    ['POST', null, 'content-length: 0\r\n\r\n'],
    ['POST', Buffer.from('hello'), 'content-length: 5\r\n\r\nhello'],
    ['DELETE', Buffer.from('hello'), 'content-length: 5\r\n\r\nhello'],
  ] as const)(
    'by %s says how long its body is, whatever it was told',
    async ([method, body, end]) => {
      await call({ method, body, headers: ['content-length', '77'] });
      expect(heard.endsWith(`\r\n${end}`)).toBe(true);
      expect(heard).not.toContain('content-length: 77');
    },
  );

  test.for([
    { method: 'GET / HTTP/1.1\r\nx:' },
    { path: '/a b' },
    { path: '/a\r\nx: 1' },
    { headers: ['x\r\ny', '1'] },
    { headers: ['x', '1\r\ny: 2'] },
    { headers: ['x', '€'] },
  ])('that would be read as another is not sent: %j', async (sent) => {
    await expect(call(sent)).rejects.toThrow(/is no (method|path|header)/);
    expect(heard).toBe('');
  });
});

describe('a connection that cannot go on', () => {
  test.for([
    ['breaks off', (socket: Socket) => socket.write(OK.slice(0, -1), () => socket.destroy())],
    ['says nothing', (socket: Socket) => socket.destroy()],
    ['is no HTTP', (socket: Socket) => socket.write('hello\r\n\r\n')],
  ] as const)('rejects the call when the answer %s', async ([, how]) => {
    reply = how;
    await expect(call()).rejects.toThrow();
    await expect.poll(() => told.closed).toBe(1);
    expect([told.freed, connection.isOpen]).toEqual([0, false]);
  });

  test('is not used again after an answer that closes it', async () => {
    reply = (socket) => socket.end(`HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nok`);
    expect(await call()).toMatchObject({ status: 200 });
    expect([told.freed, connection.isOpen]).toEqual([0, false]);
  });

  test('is closed by bytes that nobody asked for', async () => {
    const sockets: Socket[] = [];
    reply = (socket) => sockets.push(socket) && socket.write(OK);
    await call();
    sockets[0]?.write('HTTP/1.1 200');
    await expect.poll(() => connection.isOpen).toBe(false);
  });

  test('ends the call that is aborted', async () => {
    reply = () => connection.abort(new Error('enough'));
    await expect(call()).rejects.toThrow('enough');
  });
});
