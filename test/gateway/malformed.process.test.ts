/** Ten thousand requests that are broken in some way, the same ones each time. */

import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { CONTROLS } from '#faas/api.ts';
import { Project } from './fixtures/project.ts';
import { RunningGateway } from './fixtures/running-gateway.ts';
import { openFiles, residentMb } from './fixtures/server-process.ts';

const COUNT = 10_000;
const AT_ONCE = 40;
/** A slow machine sends fewer, and says how many. */
const LONGEST_MS = 90_000;

const WHOLE = [
  'GET / HTTP/1.1\r\nhost: localhost\r\n\r\n',
  'GET /api/items/42?a=b HTTP/1.1\r\nhost: localhost\r\naccept: */*\r\n\r\n',
  'POST /api/echo HTTP/1.1\r\nhost: localhost\r\ncontent-length: 11\r\n\r\nhello world',
  'POST /api/echo HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
  `GET ${CONTROLS.events} HTTP/1.1\r\nhost: localhost\r\nlast-event-id: 12\r\n\r\n`,
  `GET ${CONTROLS.instances} HTTP/1.1\r\nhost: localhost\r\norigin: http://localhost\r\n\r\n`,
];

const SALT = [
  '\0',
  '\r\n',
  '\n',
  '\r',
  ' ',
  '%00',
  '%2f',
  '..',
  '//',
  '\xff\xfe',
  'content-length: 5\r\n',
  'content-length: -1\r\n',
  'transfer-encoding: chunked\r\n',
  'transfer-encoding: identity, chunked\r\n',
  'connection: upgrade\r\nupgrade: websocket\r\n',
  'expect: 100-continue\r\n',
  'range: bytes=9-1\r\n',
  'host: evil.test\r\n',
  'x: ' + 'y'.repeat(20_000) + '\r\n',
  'ffffffffffffffff\r\n',
];

const project = new Project({ maxDuration: 2, memory: 256 });
let gateway: RunningGateway;

beforeAll(async () => {
  mkdirSync(join(project.root, 'dist'));
  project.write('dist/index.html', '<p>home</p>');
  gateway = await RunningGateway.start(project, {
    FAAS_MAX_INSTANCES: '2',
    FAAS_MAX_QUEUED: '10',
    FAAS_MAX_QUEUE_MS: '1000',
    FAAS_IDLE_TIMEOUT_MS: '1000',
  });
});

afterAll(async () => {
  await gateway.stop();
  project.remove();
});

/** Chance that repeats: Mulberry32. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** A whole request, then one to four breakages of it. */
function broken(below: (below: number) => number): string {
  let text = WHOLE[below(WHOLE.length)] ?? '';
  for (let left = 1 + below(4); left > 0; left -= 1) {
    const at = below(text.length + 1);
    const kind = below(4);
    if (kind === 0) text = text.slice(0, at);
    if (kind === 1) text = text.slice(0, at) + String.fromCharCode(below(256)) + text.slice(at + 1);
    if (kind === 2) text = text.slice(0, at) + (SALT[below(SALT.length)] ?? '') + text.slice(at);
    if (kind === 3) text = text.slice(0, at) + text.slice(below(text.length + 1));
  }
  return text;
}

async function send(text: string): Promise<void> {
  const socket = connect(gateway.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.end(text, 'latin1');
  socket.resume();
  await once(socket, 'close');
}

test(`${COUNT} broken requests crash nothing and leave nothing behind`, async () => {
  const pid = gateway.process.pid ?? 0;
  await gateway.call('/api/hello');
  await gateway.untilZero();
  const before = { files: openFiles(pid), memory: residentMb(pid) };

  const below = chance(20_261_123);
  const end = performance.now() + LONGEST_MS;
  let sent = 0;
  const turn = async (): Promise<void> => {
    while (sent < COUNT && performance.now() < end) {
      sent += 1;
      await send(broken(below));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, turn));
  console.log(`${sent} broken requests`);

  expect(gateway.process.exitCode).toBe(null);
  // What is left of the broken ones may hold both instances for a while.
  await vi.waitFor(async () => {
    const answer = await gateway.call('/api/hello?name=Ada');
    expect(await answer.json()).toEqual({ greeting: 'Hello, Ada!' });
  });
  await gateway.untilZero();
  await vi.waitUntil(() => (openFiles(pid) ?? 0) <= (before.files ?? 0) + 5);
  expect(residentMb(pid) - before.memory).toBeLessThan(150);
});
