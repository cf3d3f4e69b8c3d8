/** Callers and watchers who do not read, more of them than one would like. */

import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CONTROLS } from '#faas/api.ts';
import { Project } from './fixtures/project.ts';
import { RunningGateway } from './fixtures/running-gateway.ts';
import { mostResidentMb } from './fixtures/server-process.ts';
import { Watcher } from './fixtures/watcher.ts';

/** Most memory of the gateway's process, in MB; its instances have limits of their own. */
const MOST_MB = 400;

/** Answers `?mb=` megabytes at once. */
const LARGE = `export default {
  fetch(request) {
    const mb = Number(new URL(request.url).searchParams.get('mb'));
    return new Response(new Uint8Array(mb * 1e6));
  },
};`;

const project = new Project(undefined, { 'api/large.ts': { maxDuration: 1, memory: 512 } });
project.write('api/large.ts', LARGE);
const sockets: Socket[] = [];
let gateway: RunningGateway;
let watcher: Watcher;

beforeAll(async () => {
  gateway = await RunningGateway.start(project);
  watcher = await Watcher.open(gateway.origin);
});
afterEach(async () => {
  const most = mostResidentMb(gateway.process.pid ?? 0);
  if (most !== null) expect(most).toBeLessThan(MOST_MB);
  const answers = await Promise.all([gateway.call('/api/hello'), gateway.call('/api/py/hello')]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(async () => {
  await watcher.close();
  await gateway.stop();
  project.remove();
});

/** Asks, and never reads the answer. */
function askAndIgnore(method: string, path: string, body = ''): void {
  const socket = connect(gateway.port, '127.0.0.1').pause();
  socket.on('error', () => undefined);
  const head = [`${method} ${path} HTTP/1.1`, 'host: localhost', `content-length: ${body.length}`];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  sockets.push(socket);
}

/** Resolves once `count` more calls have ended, one way or the other. */
async function untilEnded(count: number, begin: () => void): Promise<void> {
  const ended = () => watcher.of('request.done').length + watcher.of('request.failed').length;
  const before = ended();
  begin();
  await watcher.until(() => ended() >= before + count);
}

test('24 callers who read nothing of 50 MB cost little memory, and others are answered', async () => {
  await untilEnded(24, () => {
    for (let n = 0; n < 24; n += 1) askAndIgnore('GET', '/api/large?mb=50');
  });
});

test('a burst of 300 × 2 MB that is not read costs little memory, and others are answered', async () => {
  // More than the gateway may hold, in few calls: each costs the start of another instance.
  await untilEnded(300, () => {
    const call = { method: 'GET', url: '/api/large?mb=2', headers: [], body: null, times: 300 };
    askAndIgnore('POST', CONTROLS.burst, JSON.stringify(call));
  });
});

test('ten watchers who read nothing of all events cost little memory, and others are answered', async () => {
  const query = 'x'.repeat(15_000);
  const CALLS = 3_300;
  await untilEnded(CALLS, () => {
    let left = CALLS;
    const load = async (): Promise<void> => {
      for (; left > 0; left -= 1) await (await gateway.call(`/api/hello?name=${query}`)).text();
    };
    for (let n = 0; n < 10; n += 1) void load();
  });
  for (let n = 0; n < 10; n += 1) askAndIgnore('GET', `${CONTROLS.events}?lastEventId=0`);
  await untilEnded(20, () => {
    for (let n = 0; n < 20; n += 1) void gateway.call('/api/hello');
  });
});
