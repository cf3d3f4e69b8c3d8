/** More than it can do, from many, from the slow, and to many who watch. */

import { setTimeout as pause } from 'node:timers/promises';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { HEADERS } from '#faas/api.ts';
import { Project } from './fixtures/project.ts';
import { RunningGateway } from './fixtures/running-gateway.ts';
import { residentMb } from './fixtures/server-process.ts';
import { Watcher } from './fixtures/watcher.ts';

/** Answers without end, as fast as it is read. */
const ENDLESS = `export default {
  fetch() {
    const chunk = new Uint8Array(65536);
    return new Response(new ReadableStream({ pull: (to) => to.enqueue(chunk) }));
  },
};`;

const project = new Project(undefined, { 'api/endless.ts': { maxDuration: 2, memory: 256 } });
project.write('api/endless.ts', ENDLESS);
const sockets: Socket[] = [];
let gateway: RunningGateway;

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(() => project.remove());

function open(bytes: string): Socket {
  const socket = connect(gateway.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(bytes);
  sockets.push(socket);
  return socket;
}

const memoryMb = () => residentMb(gateway.process.pid ?? 0);

describe('ten times what two instances can do', () => {
  const WORK_MS = 200;
  const INSTANCES = 2;
  const MAX_QUEUED = 6;
  const MAX_QUEUE_MS = 1_000;
  const OFFERED = 10 * (INSTANCES / (WORK_MS / 1000)); // requests a second

  beforeAll(async () => {
    gateway = await RunningGateway.start(project, {
      FAAS_MAX_INSTANCES: String(INSTANCES),
      FAAS_MAX_QUEUED: String(MAX_QUEUED),
      FAAS_MAX_QUEUE_MS: String(MAX_QUEUE_MS),
    });
    return async () => void (await gateway.stop());
  });

  test('what cannot be done is refused at once, what is taken is done, and then all is well', async () => {
    const path = `/api/work?waitMs=${WORK_MS}`;
    const watcher = await Watcher.open(gateway.origin);
    const warm = [gateway.call(path), gateway.call(path)];
    await Promise.all(warm);
    const before = memoryMb();

    const calls: Promise<Response>[] = [];
    for (let n = 0; n < OFFERED * 3; n += 1) {
      calls.push(gateway.call(path));
      if (n % 20 === 19) await pause((1000 * 20) / OFFERED);
    }
    const answers = await Promise.all(calls);
    const after = memoryMb();

    const done = answers.filter(({ status }) => status === 200);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(done.length).toBeGreaterThan(MAX_QUEUED);
    expect(refused.length).toBeGreaterThan(done.length);
    for (const answer of refused) {
      expect([429, 503]).toContain(answer.status);
      expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    }
    // Nobody waits longer than may be waited; a timer may be late where the machine is busy too.
    const longest = Math.max(...watcher.of('request.started').map(({ queueMs }) => queueMs));
    expect(longest).toBeLessThan(3 * MAX_QUEUE_MS);
    expect(after - before).toBeLessThan(100);

    const next = await gateway.call(path);
    expect([next.status, next.headers.get(HEADERS.cold)]).toEqual([200, '0']);
    expect(next.headers.get('server-timing')).not.toContain('queue');
    await watcher.close();
  });
});

describe('the slow', () => {
  beforeAll(async () => {
    gateway = await RunningGateway.start(project, { FAAS_MAX_INSTANCES: '20' });
    return async () => void (await gateway.stop());
  });

  test('those who do not read hold no instance beyond its time, and little memory', async () => {
    const watcher = await Watcher.open(gateway.origin);
    const before = memoryMb();
    for (let n = 0; n < 20; n += 1) {
      open('GET /api/endless HTTP/1.1\r\nhost: localhost\r\n\r\n').pause();
    }
    await watcher.until(() => watcher.of('request.started').length === 20);
    expect((await gateway.call('/api/hello')).status).toBe(200);
    await watcher.until(() => watcher.of('request.failed').length === 20);
    expect(new Set(watcher.of('request.failed').map(({ code }) => code))).toEqual(
      new Set(['timed-out']),
    );
    expect(memoryMb() - before).toBeLessThan(150);
    await watcher.close();
  });

  test('those who write their head or a small body bit by bit reach no function', async () => {
    await gateway.untilZero();
    for (let n = 0; n < 100; n += 1) {
      open('POST /api/echo HTTP/1.1\r\nhost: localhost\r\nx: ');
      open('POST /api/echo HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\nx');
    }
    expect((await gateway.call('/api/hello')).status).toBe(200);
    const functions = (await gateway.instances()).map((instance) => instance.function);
    expect(functions).toEqual(['/api/hello']);
  });

  test('a head that does not end is not waited for', async () => {
    const socket = open('GET / HTTP/1.1\r\nhost: localhost\r\n');
    let answer = '';
    socket.on('data', (chunk) => (answer += String(chunk)));
    await once(socket, 'close');
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
  });
});

describe('five hundred watchers', () => {
  beforeAll(async () => {
    gateway = await RunningGateway.start(project);
    return async () => void (await gateway.stop());
  });

  test('each is told everything, and a call is answered meanwhile', async () => {
    const before = memoryMb();
    const watchers = await Promise.all(
      Array.from({ length: 500 }, () => Watcher.open(gateway.origin)),
    );
    for (let n = 0; n < 20; n += 1) await (await gateway.call('/api/hello')).text();

    const [first] = watchers;
    await Promise.all(
      watchers.map((watcher) => watcher.until(() => watcher.of('request.done').length === 20)),
    );
    for (const watcher of watchers) expect(watcher.ids).toEqual(first?.ids);
    expect(memoryMb() - before).toBeLessThan(150);
    await Promise.all(watchers.map((watcher) => watcher.close()));
    expect((await gateway.call('/api/hello')).status).toBe(200);
  });
});
