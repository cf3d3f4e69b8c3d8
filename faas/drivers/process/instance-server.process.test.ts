import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Exchange } from './exchange.ts';
import { InstanceServer } from './instance-server.ts';

const EMPTY = new Uint8Array();
const GET = 'GET /a?b=c HTTP/1.1\r\nhost: localhost\r\nX-One: 1\r\n\r\n';

let server: InstanceServer;
let serve: (exchange: Exchange) => void;
let socket: Socket;
let heard = '';
let hasLeft = false;

beforeEach(async () => {
  hasLeft = false;
  heard = '';
  serve = (exchange) => exchange.respond(200, [['x-two', '2']], Buffer.from('ok'));
  server = new InstanceServer((exchange) => serve(exchange));
  const port = await new Promise<number>((resolve) => server.listen(0, resolve));
  socket = connect(port, '127.0.0.1').setEncoding('latin1');
  socket.on('data', (text: string) => (heard += text));
  socket.on('error', () => undefined);
  await once(socket, 'connect');
});

afterEach(() => {
  socket.destroy();
  if (!hasLeft) server.leave(() => undefined);
});

/** Until what was heard matches. */
async function hear(pattern: RegExp): Promise<string> {
  await expect.poll(() => heard).toMatch(pattern);
  return heard;
}

describe('a request', () => {
  test('comes as it was sent, and its answer says how long it is', async () => {
    let asked: Exchange['asked'] | null = null;
    serve = (exchange) => {
      asked = exchange.asked;
      exchange.respond(201, [['x-two', '2']], Buffer.from('made'));
    };
    socket.write(GET);
    await hear(/made$/);
    expect(heard).toBe('HTTP/1.1 201 \r\nx-two: 2\r\ncontent-length: 4\r\n\r\nmade');
    expect(asked).toEqual({
      method: 'GET',
      url: '/a?b=c',
      headers: ['host', 'localhost', 'x-one', '1'],
      body: null,
    });
  });

  test('is followed by others on its connection', async () => {
    for (let i = 1; i <= 3; i += 1) {
      socket.write(GET);
      await expect.poll(() => heard.split('ok').length - 1).toBe(i);
    }
  });

  test('has a body that its handler reads, in chunks or of known length', async () => {
    serve = (exchange) => {
      void new Response(exchange.asked.body).text().then((text) => {
        exchange.respond(200, [], Buffer.from(`[${text}]`));
      });
    };
    socket.write('PUT / HTTP/1.1\r\ncontent-length: 5\r\n\r\nhel');
    socket.write('lo');
    await hear(/\[hello\]$/);
    socket.write('PUT / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n');
    socket.write('1\r\nc\r\n0\r\n\r\n');
    await hear(/\[abc\]$/);
  });

  test.for([70_000, 131_072, 300_000])(
    'of %i bytes that is read late is followed by others',
    async (size) => {
      serve = (exchange) => {
        setTimeout(() => {
          void new Response(exchange.asked.body).text().then((text) => {
            exchange.respond(200, [], Buffer.from(`[${text.length}]`));
          });
        }, 50);
      };
      for (let i = 1; i <= 3; i += 1) {
        socket.write(`PUT / HTTP/1.1\r\ncontent-length: ${size}\r\n\r\n${'x'.repeat(size)}`);
        await expect.poll(() => heard.split(`[${size}]`).length - 1).toBe(i);
      }
    },
  );

  test('whose body nobody reads is answered, and so is the next', async () => {
    socket.write(`PUT / HTTP/1.1\r\ncontent-length: 1000000\r\n\r\n`);
    await hear(/ok$/);
    socket.write(Buffer.alloc(1_000_000));
    socket.write(GET);
    await hear(/ok.*ok$/s);
  });

  test('is read no faster than its handler reads', async () => {
    serve = () => undefined;
    const size = 50_000_000;
    socket.write(`PUT / HTTP/1.1\r\ncontent-length: ${size}\r\n\r\n`);
    socket.write(Buffer.alloc(size));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(socket.writableLength).toBeGreaterThan(0);
  });

  test.for([
    ['no HTTP', 'hello\r\n\r\n'],
    ['of another version', 'GET / HTTP/1.0\r\n\r\n'],
    [
      'of two framings',
      'PUT / HTTP/1.1\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n',
    ],
    ['sent before the answer to the last', GET + GET],
  ])('that is %s ends its connection', async ([, text]) => {
    serve = () => undefined;
    socket.write(text ?? '');
    await once(socket, 'close');
    expect(heard).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('that breaks off is told to its handler, and to who reads its body', async () => {
    let broken = false;
    let read: Promise<string> | undefined;
    serve = (exchange) => {
      exchange.onBreak(() => (broken = true));
      read = new Response(exchange.asked.body).text();
      read.catch(() => undefined);
    };
    socket.write('PUT / HTTP/1.1\r\ncontent-length: 5\r\n\r\nhe');
    await expect.poll(() => read !== undefined).toBe(true);
    socket.destroy();
    await expect.poll(() => broken).toBe(true);
    await expect(read).rejects.toThrow('broke off');
  });
});

describe('an answer', () => {
  test.for([
    ['HEAD', 200, [['content-length', '77']], 'content-length: 77'],
    ['HEAD', 200, [], 'content-length: 2'],
    ['GET', 204, [['content-length', '2']], ''],
    ['GET', 304, [], ''],
  ] as const)('to %s with status %s has no body', async ([method, status, headers, length]) => {
    serve = (exchange) => exchange.respond(status, headers, Buffer.from('ok'));
    socket.write(`${method} / HTTP/1.1\r\n\r\n`);
    await hear(/\r\n\r\n$/);
    expect(heard).toBe(`HTTP/1.1 ${status} \r\n${length === '' ? '' : `${length}\r\n`}\r\n`);
  });

  test('that is large comes whole', async () => {
    serve = (exchange) => exchange.respond(200, [], Buffer.alloc(1_000_000, 'x'));
    socket.write(GET);
    await expect.poll(() => heard.length).toBeGreaterThan(1_000_000);
    expect(heard.split('\r\n\r\n')[1]).toHaveLength(1_000_000);
  });

  test.for([
    [[], 'transfer-encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n'],
    [[['content-length', '3']], 'content-length: 3\r\n\r\nabc'],
    [
      [['content-length', 'many']],
      'transfer-encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n',
    ],
    [
      [
        ['connection', 'close'],
        ['transfer-encoding', 'gzip'],
      ],
      'transfer-encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n',
    ],
  ] as const)('that flows with the headers %j', async ([headers, rest]) => {
    serve = (exchange) => {
      const writer = exchange.begin(200, headers);
      void writer
        ?.write(Buffer.from('ab'))
        .then(() => writer.write(Buffer.from('c')))
        .then(() => writer.end())
        .then(() => exchange.end());
    };
    socket.write(GET);
    await expect.poll(() => heard).toBe(`HTTP/1.1 200 \r\n${rest}`);
    serve = (exchange) => exchange.respond(200, [], Buffer.from('next'));
    socket.write(GET);
    await hear(/next$/);
  });

  test('to HEAD that would flow has a head alone', async () => {
    serve = (exchange) => {
      expect(exchange.begin(200, [])).toBeNull();
      exchange.end();
    };
    socket.write('HEAD / HTTP/1.1\r\n\r\n');
    expect(await hear(/\r\n\r\n$/)).toBe('HTTP/1.1 200 \r\ntransfer-encoding: chunked\r\n\r\n');
  });
});

describe('a server that is to leave', () => {
  const leave = (): void => server.leave(() => (hasLeft = true));

  test('closes what is idle', async () => {
    leave();
    await expect.poll(() => hasLeft).toBe(true);
  });

  test('answers what it was asked before it closes', async () => {
    let running: Exchange | null = null;
    serve = (exchange) => (running = exchange);
    socket.write(GET);
    await expect.poll(() => running).not.toBeNull();
    leave();
    (running as unknown as Exchange).respond(200, [], Buffer.from('late'));
    await hear(/late$/);
    await expect.poll(() => hasLeft).toBe(true);
  });
});

test('an exchange that is destroyed closes its connection in the middle', async () => {
  serve = (exchange) => {
    void exchange.begin(200, [])?.write(Buffer.from('ab'));
    exchange.destroy();
  };
  socket.write(GET);
  await once(socket, 'close');
  expect(heard).not.toContain('0\r\n\r\n');
});

test('an answer without a body is as long as it says', async () => {
  serve = (exchange) => exchange.respond(200, [], EMPTY);
  socket.write(GET);
  expect(await hear(/\r\n\r\n$/)).toBe('HTTP/1.1 200 \r\ncontent-length: 0\r\n\r\n');
});
