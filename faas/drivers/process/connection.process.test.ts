import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Received } from './answer.ts';
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

function call(sent: Partial<Sent> = {}): Promise<Received> {
  return connection.call({ ...GET, ...sent });
}

async function* inPieces(...pieces: readonly string[]): AsyncGenerator<Uint8Array, void> {
  for (const piece of pieces) yield await Promise.resolve(Buffer.from(piece));
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

  test.for([65_537, 70_000, 131_072, 300_000])(
    'after one whose answer of %i bytes was read late is answered as well',
    async (size) => {
      const large = 'x'.repeat(size);
      reply = (socket) =>
        socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${size}\r\n\r\n${large}`);
      for (let calls = 0; calls < 3; calls += 1) {
        const { body } = await call();
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect(await text(body as Readable)).toBe(large);
      }
      expect(told.freed).toBe(3);
    },
  );

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

describe('a body that flows', () => {
  /** Answers once all that is expected has come. */
  const replyAfter = (end: string): void => {
    reply = (socket) => heard.endsWith(end) && socket.write(OK);
  };

  test('goes in chunks when nobody knows how long it is', async () => {
    replyAfter('0\r\n\r\n');
    await call({ method: 'POST', body: inPieces('hello', '', ' there') });
    expect(heard.split('\r\n\r\n').slice(1).join('\r\n\r\n')).toBe(
      '5\r\nhello\r\n6\r\n there\r\n0\r\n\r\n',
    );
    expect(heard).toContain('transfer-encoding: chunked');
  });

  test('goes as it is when its length was said', async () => {
    replyAfter('there');
    const headers = ['content-length', '11'];
    await call({ method: 'PUT', headers, body: inPieces('hello', ' there') });
    expect(heard).toMatch(/content-length: 11\r\n\r\nhello there$/);
    expect([told.freed, connection.isOpen]).toEqual([1, true]);
  });

  test.for([
    ['longer', '4', /longer than its content-length/],
    ['shorter', '40', /shorter than its content-length/],
  ] as const)('and is %s than was said rejects the call', async ([, length, message]) => {
    replyAfter('never');
    const headers = ['content-length', length];
    await expect(call({ method: 'PUT', headers, body: inPieces('hello') })).rejects.toThrow(
      message,
    );
  });

  test('and breaks off rejects the call with its reason', async () => {
    replyAfter('never');
    const body = (async function* () {
      yield await Promise.resolve(Buffer.from('hello'));
      throw new Error('the caller left');
    })();
    await expect(call({ method: 'PUT', body })).rejects.toThrow('the caller left');
  });

  test('is not sent on once the answer has come, and its connection is not used again', async () => {
    let returned = false;
    const body = {
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.resolve({ done: false, value: Buffer.alloc(10) } as const),
        return: () => {
          returned = true;
          return Promise.resolve({ done: true, value: undefined } as const);
        },
      }),
    };
    expect(await call({ method: 'PUT', body })).toMatchObject({ status: 200 });
    expect([returned, told.freed, connection.isOpen]).toEqual([true, 0, false]);
  });
});

describe('a connection that cannot go on', () => {
  test.for([
    ['breaks off', (socket: Socket) => socket.write(OK.slice(0, -1), () => socket.destroy())],
    ['says nothing', (socket: Socket) => socket.destroy()],
    ['is no HTTP', (socket: Socket) => socket.write('hello\r\n\r\n')],
    ['changes the protocol', (socket: Socket) => socket.write('HTTP/1.1 101 Switching\r\n\r\n')],
    ['is of another version', (socket: Socket) => socket.write('HTTP/2 200\r\n\r\n')],
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

  test('is closed by a reader that leaves before the end', async () => {
    reply = (socket) => socket.write(`HTTP/1.1 200 OK\r\n\r\nsome`);
    const { body } = await call();
    (body as Readable).destroy();
    await expect.poll(() => told.closed).toBe(1);
    expect(connection.isOpen).toBe(false);
  });
});
