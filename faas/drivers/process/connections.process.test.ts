import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PRIVATE_HEADERS } from '../../api.ts';
import type { RequestMessage } from '../protocol.ts';
import type { FlowingBody, Received } from './answer.ts';
import { BodyBroken, Connections } from './connections.ts';

const GET: RequestMessage = {
  method: 'GET',
  url: '/a?b=c',
  headers: [
    ['host', 'localhost'],
    ['x-one', '1'],
  ],
  body: null,
};
const HEAD = 'HTTP/1.1 200 OK\r\n';
const OK = `${HEAD}content-length: 2\r\n\r\nok`;

let server: Server;
/** What came in over all connections. */
let heard = '';
let opened: Socket[] = [];
let reply: (socket: Socket) => unknown;
let connections: Connections;

beforeEach(async () => {
  heard = '';
  opened = [];
  reply = (socket) => socket.write(OK);
  server = createServer((socket) => {
    opened.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1');
      reply(socket);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  connections = new Connections((server.address() as AddressInfo).port, 1);
});

afterEach(async () => {
  await connections.close(new Error('The test is over'));
  await new Promise((resolve) => server.close(resolve));
});

function call(message: Partial<RequestMessage> = {}): Promise<Received> {
  return connections.exchange({ ...GET, ...message });
}

async function* inPieces(...pieces: readonly string[]): AsyncGenerator<Uint8Array, void> {
  for (const piece of pieces) yield await Promise.resolve(Buffer.from(piece));
}

describe('a call', () => {
  test('goes out as it is, with what is the platform’s before it, and the next on the same connection', async () => {
    const own = [PRIVATE_HEADERS.token, 'secret'];
    expect(await connections.exchange(GET, own)).toMatchObject({
      status: 200,
      body: Buffer.from('ok'),
    });
    expect(heard).toBe(
      `GET /a?b=c HTTP/1.1\r\nhost: localhost\r\nconnection: keep-alive\r\n${PRIVATE_HEADERS.token}: secret\r\nx-one: 1\r\n\r\n`,
    );
    await call();
    expect(opened).toHaveLength(1);
  });

  test('leaves behind what is of its caller’s connection, and what only the platform says', async () => {
    const headers = [
      ['connection', 'x-hop'],
      ['keep-alive', 'timeout=5'],
      ['te', 'trailers'],
      ['trailer', 'x'],
      ['transfer-encoding', 'chunked'],
      ['upgrade', 'websocket'],
      ['expect', '100-continue'],
      [PRIVATE_HEADERS.token, 'a guess'],
      [PRIVATE_HEADERS.call, '7.0'],
      ['x-kept', 'yes'],
    ] as const;
    await call({ headers });
    const [, ...lines] = heard.trimEnd().split('\r\n');
    expect(lines.map((line) => line.split(':')[0])).toEqual(['host', 'connection', 'x-kept']);
  });

  test.for([65_537, 70_000, 131_072, 300_000])(
    'after one whose answer of %i bytes was read late is answered as well',
    async (size) => {
      const large = 'x'.repeat(size);
      reply = (socket) => socket.write(`${HEAD}content-length: ${size}\r\n\r\n${large}`);
      for (let calls = 0; calls < 3; calls += 1) {
        const { body } = await call();
        await expect.poll(() => (body as FlowingBody).readableLength).toBeGreaterThan(0);
        expect(await text(body as FlowingBody)).toBe(large);
      }
      expect(opened).toHaveLength(1);
    },
  );

  test.for([
    ['POST', null, 'content-length: 0\r\n\r\n'],
    ['POST', Buffer.from('hello'), 'content-length: 5\r\n\r\nhello'],
    ['DELETE', Buffer.from('hello'), 'content-length: 5\r\n\r\nhello'],
    ['POST', new Uint8Array(Buffer.from('hello')), 'content-length: 5\r\n\r\nhello'],
  ] as const)(
    'by %s states the length of its body, whatever the caller stated',
    async ([method, body, end]) => {
      await call({ method, body, headers: [['content-length', '77']] });
      expect(heard.endsWith(`\r\n${end}`)).toBe(true);
      expect(heard).not.toContain('content-length: 77');
    },
  );

  test.for<Partial<RequestMessage>>([
    { method: 'GET / HTTP/1.1\r\nx:' },
    { url: '/a b' },
    { url: '/a\r\nx: 1' },
    { url: '/€' },
    { headers: [['x\r\ny', '1']] },
    { headers: [['x', '1\r\ny: 2']] },
    { headers: [['x', '€']] },
  ])('that would be read as another is not sent: %j', async (message) => {
    await expect(call(message)).rejects.toThrow(/invalid/i);
    expect(heard).toBe('');
  });
});

describe('a body that flows', () => {
  /** Answers once all that is expected has come. */
  const replyAfter = (end: string): void => {
    reply = (socket) => heard.endsWith(end) && socket.write(OK);
  };

  test('goes in chunks when its length is unknown', async () => {
    replyAfter('0\r\n\r\n');
    await call({ method: 'POST', body: inPieces('hello', '', ' there') });
    expect(heard).toContain('transfer-encoding: chunked');
    expect(heard).toMatch(/\r\n\r\n5\r\nhello\r\n6\r\n there\r\n0\r\n\r\n$/);
  });

  test('goes as it is when its length was said', async () => {
    replyAfter('there');
    const headers = [['content-length', '11']] as const;
    await call({ method: 'PUT', headers, body: inPieces('hello', ' there') });
    expect(heard).toMatch(/content-length: 11\r\n\r\nhello there$/);
  });

  test.for(['4', '40'])('and is not as long as was said (%s) rejects the call', async (length) => {
    replyAfter('never');
    const headers = [['content-length', length]] as const;
    await expect(call({ method: 'PUT', headers, body: inPieces('hello') })).rejects.toThrow(
      /content-length/,
    );
  });

  test('and breaks off rejects the call with its reason', async () => {
    replyAfter('never');
    const reason = new Error('the caller left');
    const body = (async function* () {
      yield await Promise.resolve(Buffer.from('hello'));
      throw reason;
    })();
    const error = await call({ method: 'PUT', body }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BodyBroken);
    expect((error as BodyBroken).cause).toBe(reason);
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
    await expect.poll(() => returned).toBe(true);
    expect(await call()).toMatchObject({ status: 200 });
    expect(opened).toHaveLength(2);
  });
});

describe('an answer', () => {
  async function bodyOf(answer: string): Promise<string> {
    reply = (socket) => socket.end(answer, 'latin1');
    const { body } = await call();
    return new Response(body as BodyInit | null).text();
  }

  test.for([
    ['of known length', `${HEAD}Content-Length:  5\r\n\r\nhello`],
    ['of unknown length', `${HEAD}\r\nhello`],
    ['of HTTP/1.0', 'HTTP/1.0 200 OK\r\n\r\nhello'],
    [
      'in chunks',
      `${HEAD}transfer-encoding: chunked\r\n\r\n2\r\nhe\r\n3;a=b\r\nllo\r\n0\r\nx: 1\r\n\r\n`,
    ],
    ['in chunks in capitals', `${HEAD}Transfer-Encoding: CHUNKED\r\n\r\n5\r\nhello\r\n0\r\n\r\n`],
    [
      'after interim ones',
      `HTTP/1.1 103 Early\r\nlink: </a>\r\n\r\n${HEAD}content-length: 5\r\n\r\nhello`,
    ],
  ])('%s comes whole', async ([, answer = '']) => {
    expect(await bodyOf(answer)).toBe('hello');
  });

  test('has its headers as they came, but for those of its connection', async () => {
    reply = (socket) =>
      socket.write(
        `${HEAD}Date: now\r\nKeep-Alive: timeout=9\r\nX-A: \xe9\r\nset-cookie: a\r\nset-cookie: b\r\ncontent-length: 0\r\n\r\n`,
        'latin1',
      );
    expect((await call()).headers).toEqual([
      ['x-a', 'é'],
      ['set-cookie', 'a'],
      ['set-cookie', 'b'],
      ['content-length', '0'],
    ]);
  });

  test.for([
    ['GET', 'HTTP/1.1 204 No Content\r\n\r\n'],
    ['GET', 'HTTP/1.1 304 Not Modified\r\ncontent-length: 5\r\n\r\n'],
    ['HEAD', `${HEAD}content-length: 5\r\n\r\n`],
    ['HEAD', `${HEAD}transfer-encoding: chunked\r\n\r\n`],
  ] as const)(
    'to %s that is %j has no body, and the next call is answered',
    async ([method, answer]) => {
      reply = (socket) => socket.write(answer);
      expect((await call({ method })).body).toBeNull();
      reply = (socket) => socket.write(OK);
      expect(await call()).toMatchObject({ status: 200 });
    },
  );

  test.for([
    ['breaks off', (socket: Socket) => socket.write(OK.slice(0, -1), () => socket.destroy())],
    ['ends too early', (socket: Socket) => socket.end(OK.slice(0, -1))],
    ['is not there', (socket: Socket) => socket.destroy()],
    ['is no HTTP', (socket: Socket) => socket.write('hello\r\n\r\n')],
    [
      'changes the protocol',
      (socket: Socket) =>
        socket.write('HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    ],
    ['is of another version', (socket: Socket) => socket.write('HTTP/2 200\r\n\r\n')],
  ] as const)('that %s rejects the call, and the next is answered', async ([, how]) => {
    reply = how;
    await expect(call()).rejects.toThrow();
    reply = (socket) => socket.write(OK);
    expect(await call()).toMatchObject({ status: 200 });
    expect(opened).toHaveLength(2);
  });

  test.for([
    ['a header without a name', `${HEAD}: x\r\n\r\n`],
    ['a header without a colon', `${HEAD}a\r\n\r\n`],
    ['a space before the colon', `${HEAD}a : x\r\n\r\n`],
    ['a null byte in a header', `${HEAD}a: \0\r\n\r\n`],
    ['two lengths', `${HEAD}content-length: 1\r\ncontent-length: 2\r\n\r\n`],
    ['a length that is none', `${HEAD}content-length: -1\r\n\r\n`],
    [
      'a length beside chunks',
      `${HEAD}content-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['another coding', `${HEAD}transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n`],
    ['a head without end', `${HEAD}a: ${'x'.repeat(70_000)}`],
  ])('with %s is refused', async ([, answer = '']) => {
    reply = (socket) => socket.write(answer, 'latin1');
    await expect(call()).rejects.toThrow();
  });

  test.for([
    ['has no size', `${HEAD}transfer-encoding: chunked\r\n\r\nx\r\n`],
    ['is longer than it says', `${HEAD}transfer-encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n`],
  ])('with a chunk that %s breaks off', async ([, answer = '']) => {
    reply = (socket) => socket.write(answer);
    const { body } = await call();
    await expect(text(body as FlowingBody)).rejects.toThrow();
    expect((body as FlowingBody).failure).toBeInstanceOf(Error);
  });

  test('whose reader leaves ends the connection, so that the instance notices', async () => {
    reply = (socket) => socket.write(`${HEAD}\r\nsome`);
    const { body } = await call();
    (body as FlowingBody).destroy();
    await expect.poll(() => opened[0]?.destroyed).toBe(true);
    expect((body as FlowingBody).failure).toBeNull();
  });
});

test('unrequested bytes end their connection, and do not answer the next call', async () => {
  await call();
  const [first] = opened;
  first?.write('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nfake');
  await expect.poll(() => first?.destroyed).toBe(true);
  expect((await call()).body).toEqual(Buffer.from('ok'));
});

test('a connection that was closed while it lay idle is not used', async () => {
  await call();
  const [first] = opened;
  first?.destroy();
  if (first !== undefined) await once(first, 'close');
  expect(await call()).toMatchObject({ status: 200 });
});
