/** An invalid response is an error of the handler, and fails only its own call. */

import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { HEADER_PREFIX, PRIVATE_HEADERS } from '../../api.ts';
import { iterate, nextText, read, Sender } from '../fixtures/bodies.ts';
import { fixtureSpec } from '../fixtures/fixture-spec.ts';
import type { Body, Invocation, RunningInstance } from '../protocol.ts';
import { ProcessDriver } from './driver.ts';

const root = fileURLToPath(new URL('../fixtures', import.meta.url));
const driver = new ProcessDriver({ root });
const [TS, PY] = ['api/mistakes.ts', 'api/py/mistakes.py'];
await driver.prepare();
const hasPython = driver.missing(fixtureSpec(PY)) === null;

let instance: RunningInstance | null = null;
let logs: string[] = [];

afterEach(async () => {
  instance?.kill();
  await instance?.exited;
  instance = null;
  logs = [];
});

async function start(file: string): Promise<RunningInstance> {
  const onLog = (_stream: string, line: string): void => void logs.push(line);
  instance = await driver.start(fixtureSpec(file), { id: file, onLog, concurrency: 2 });
  return instance;
}

interface Asked {
  readonly method?: string;
  readonly size?: number;
  readonly body?: Body;
  /** The headers it answers with, as JSON. */
  readonly headers?: string;
}

function call(to: RunningInstance, act: string, asked: Asked = {}): Promise<Invocation> {
  const { method = 'GET', size = 0, body = null, headers: wanted = '' } = asked;
  const query = new URLSearchParams({ act, size: String(size), headers: wanted });
  const url = `/api/mistakes?${query}`;
  const length =
    body instanceof Uint8Array ? [['content-length', String(body.length)] as const] : [];
  return to.invoke({ method, url, headers: [['host', 'localhost'], ...length], body });
}

async function textOf(invoking: Promise<Invocation>): Promise<string> {
  const { response, report } = await invoking;
  const text = await read(response.body);
  expect((await report).error).toBeNull();
  return text;
}

const SHORT = /shorter than its content-length says: 10 bytes were announced, 3 came/;
const LONG = /longer than its content-length says: 2 bytes were announced, [36] came/;

/** A mistake found before anything was sent is answered with a bare 500. */
const MISTAKES: readonly (readonly [file: string, act: string, reason: RegExp])[] = [
  [TS, 'short', SHORT],
  [TS, 'short and whole', SHORT],
  [TS, 'short and throws', /^source broke$/],
  [TS, 'long', LONG],
  [TS, 'long and whole', LONG],
  [TS, 'no length', /content-length is "many"/],
  [TS, 'nothing', /returned undefined\. Expected a Response/],
  [TS, 'throws no error', /has no text/],
  [TS, 'no bytes', /holds a number\. Expected bytes/],
  [PY, 'short', SHORT],
  [PY, 'short and throws', /RuntimeError: source broke/],
  [PY, 'long', LONG],
  [PY, 'no length', /ValueError.*'many'/],
  [PY, 'nothing', /answered nothing/],
  [PY, 'no header', /UnicodeEncodeError/],
  [PY, 'foreign', /no HTTP answer/],
];

/** A mistake found after part was sent breaks off the response. */
const LATE: typeof MISTAKES = [
  [TS, 'late', /^source broke$/],
  [TS, 'short and large', /shorter than its content-length says: 100000/],
  [PY, 'late', /RuntimeError: source broke/],
  [PY, 'short and large', /shorter than its content-length says: 100000/],
  [PY, 'bad chunks', /no HTTP answer/],
];

function here([file]: (typeof MISTAKES)[number]): boolean {
  return file === TS || hasPython;
}

describe('a mistake is the error of its own call, and its neighbour is answered', () => {
  async function beside(to: RunningInstance, mistake: () => Promise<void>): Promise<void> {
    const sender = new Sender();
    sender.send('one ');
    const neighbour = await call(to, 'relay', { method: 'POST', body: sender.body() });
    const reader = iterate(neighbour.response.body);
    expect(await nextText(reader)).toBe('one ');
    await mistake();
    sender.send('two');
    sender.end();
    expect(await nextText(reader)).toBe('two');
    expect((await reader.next()).done).toBe(true);
    expect((await neighbour.report).error).toBeNull();
    expect(await textOf(call(to, 'fine'))).toBe('fine');
  }

  test.for(MISTAKES.filter(here))('%s: %s', async ([file, act, reason]) => {
    const to = await start(file);
    await beside(to, async () => {
      const { response, report } = await call(to, act);
      expect([response.status, await read(response.body)]).toEqual([500, '']);
      expect((await report).error?.message).toMatch(reason);
    });
  });

  test.for(LATE.filter(here))('%s: %s', async ([file, act, reason]) => {
    const to = await start(file);
    await beside(to, async () => {
      const { response, report } = await call(to, act);
      await expect(read(response.body)).rejects.toThrow();
      expect((await report).error?.message).toMatch(reason);
    });
  });
});

describe.each(hasPython ? [TS, PY] : [TS])('%s', (file) => {
  test('an error that is long is cut, and says so', async () => {
    const { report } = await call(await start(file), 'throws', { size: 200_000 });
    const { error } = await report;
    expect(error?.message.length).toBeLessThan(20_000);
    expect(error?.message).toMatch(/x … \(cut after 16384 characters\)$/);
    expect(error?.stack).toMatch(/mistakes\.(ts|py)/);
  });

  test('a printed line that is long is cut, and is one line of its own call', async () => {
    const to = await start(file);
    for (let calls = 0; calls < 2; calls += 1) {
      await (
        await call(to, 'prints', { size: 200_000 })
      ).report;
      const [ran, ...lines] = logs.splice(0);
      expect(ran).toBe('ran GET prints');
      expect(lines.map(({ length }) => length)).toEqual(Array(3).fill(lines[0]?.length));
      expect(lines[0]).toMatch(/^y{65536} … \(cut after 65536 characters\)$/);
    }
  });

  test('an answer that bears the headers of the platform lasts until its end', async () => {
    const headers = JSON.stringify({
      [`${HEADER_PREFIX}usage`]: '{"handlerMs":0.001,"cpuMs":0,"lines":0}',
      [PRIVATE_HEADERS.call]: '1.0',
    });
    const { response, report } = await call(await start(file), 'forges', { headers });
    let isOver = false;
    void report.then(() => (isOver = true));
    const reader = iterate(response.body);
    expect((await reader.next()).done).toBe(false);
    expect(isOver).toBe(false);
    while ((await reader.next()).done !== true);
    expect((await report).handlerMs).not.toBe(0.001);
  });

  const hidden = `DELETE /api/mistakes?act=fine HTTP/1.1\r\nhost: localhost\r\n\r\n`;

  test.each([
    ['that is a request', hidden],
    ['that is a request after much else', 'x'.repeat(300_000) + hidden],
  ])('a body %s is no request when its handler leaves it unread', async (_, body) => {
    const to = await start(file);
    for (let calls = 0; calls < 2; calls += 1) {
      const asked = { method: 'POST', body: Buffer.from(body) };
      expect(await textOf(call(to, 'fine', asked))).toBe('fine');
    }
    expect(logs).toEqual(['ran POST fine', 'ran POST fine']);
  });

  test('nor is one that flows and that its handler leaves unread', async () => {
    const to = await start(file);
    async function* pieces(): AsyncGenerator<Uint8Array, void> {
      for (const piece of [hidden, hidden]) yield await Promise.resolve(Buffer.from(piece));
    }
    expect(await textOf(call(to, 'fine', { method: 'POST', body: pieces() }))).toBe('fine');
    expect(await textOf(call(to, 'fine'))).toBe('fine');
    expect(logs).toEqual(['ran POST fine', 'ran GET fine']);
  });
});

describe.skipIf(!hasPython)('a Python handler', () => {
  test('that frames its answer in chunks has one framing', async () => {
    expect(await textOf(call(await start(PY), 'own chunks'))).toBe('abcde');
  });

  test('that writes its own head is answered as it wrote', async () => {
    const { response } = await call(await start(PY), 'whole head');
    expect([response.status, await read(response.body)]).toEqual([201, 'made']);
    expect(response.headers).toContainEqual(['x-made-by', 'the handler']);
  });

  test('that sends an error of the library answers with it', async () => {
    const { response } = await call(await start(PY), 'teapot');
    expect(response.status).toBe(418);
    expect(await read(response.body)).toContain('Teapot');
  });

  test.runIf(process.platform === 'linux')(
    'whose memory is mapped as shared holds it',
    async () => {
      const to = await start(PY);
      const before = to.memoryMb() ?? NaN;
      await textOf(call(to, 'maps', { size: 100_000_000 }));
      await expect.poll(() => (to.memoryMb() ?? NaN) - before).toBeGreaterThan(95);
      await expect(call(to, 'maps', { size: 300_000_000 })).rejects.toThrow();
      expect(await to.exited).toMatchObject({ outOfMemory: true, asked: false });
    },
  );
});
