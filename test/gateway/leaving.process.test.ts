/** However the server ends, nothing in flight is lost without need, and no process is left. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { HEADERS } from '#faas/api.ts';
import { Gate } from './fixtures/gate.ts';
import { Project, repositoryFile } from './fixtures/project.ts';
import { originIn, RunningGateway, START_FLAGS, untilGone } from './fixtures/running-gateway.ts';
import { Watcher } from './fixtures/watcher.ts';

const project = new Project();
const gate = await Gate.in(project);
afterAll(() => {
  gate.close();
  project.remove();
});

const START = repositoryFile('faas/commands/start.mjs');

test.for(['SIGTERM', 'SIGINT'] as const)('%s loses nothing that is in flight', async (signal) => {
  const gateway = await RunningGateway.start(project);
  const watcher = await Watcher.open(gateway.origin);
  const calls = Array.from({ length: 8 }, (_, n) =>
    gateway.call(n % 2 === 0 ? '/api/work?waitMs=700' : '/api/py/hello'),
  );
  await watcher.until(() => watcher.of('request.queued').length === calls.length);
  gateway.process.kill(signal);

  const answers = await Promise.all(calls);
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
  expect(await gateway.exited).toEqual({ code: 0, signal: null });
  await untilGone(watcher.pids);
  await watcher.close();
});

test('SIGTERM ends frozen instances, and loses no call for which one goes on', async () => {
  const gateway = await RunningGateway.start(project, { FAAS_FREEZE_IDLE: 'true' });
  const watcher = await Watcher.open(gateway.origin);
  const first = ['/api/work?waitMs=50', '/api/work?waitMs=50', '/api/hello', '/api/py/hello'];
  await Promise.all(first.map((path) => gateway.call(path)));
  await watcher.until(() => watcher.of('instance.frozen').length === first.length);
  const pids = watcher.pids;
  // One frozen instance goes on for a call that is in flight; the others stay as they are.
  const call = gateway.call('/api/work?waitMs=700');
  await watcher.until(() => watcher.of('request.started').length > first.length);
  gateway.process.kill('SIGTERM');

  expect((await call).status).toBe(200);
  expect(await gateway.exited).toEqual({ code: 0, signal: null });
  expect(watcher.of('instance.thawed').length).toBeGreaterThanOrEqual(1);
  expect(watcher.pids).toEqual(pids);
  await untilGone(pids);
  await watcher.close();
});

test('npm start ends with npm, and loses nothing that is in flight or waits in line', async () => {
  const CALLS = 50;
  const INSTANCES = 10;
  const npm = spawn('npm', ['start', '--silent', '--', '--no-build', '--port', '0'], {
    cwd: repositoryFile(''),
    env: {
      ...process.env,
      FAAS_MAX_INSTANCES: String(INSTANCES),
      // A busy machine may need longer for fifty calls than one would wait for.
      FAAS_SHUTDOWN_MS: '600000',
      FAAS_MAX_QUEUE_MS: 'unlimited',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const origin = await originIn(npm);
  const watcher = await Watcher.open(origin);
  const calls = Array.from({ length: CALLS }, () => fetch(`${origin}/api/work?waitMs=500`));
  await watcher.until(() => watcher.of('request.queued').length === calls.length);
  npm.kill('SIGTERM');

  const answers = await Promise.all(calls);
  expect(answers.map(({ status }) => status)).toEqual(Array(CALLS).fill(200));
  await untilGone(watcher.pids);
  while (await fetch(origin).then(Boolean, () => false));
  await watcher.close();
});

test('a signal that opens a debugger in other Node programs opens none', async () => {
  const child = spawn(process.execPath, [...START_FLAGS, START, '--no-build', '--port', '0'], {
    cwd: project.root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  const origin = await originIn(child);
  child.kill('SIGUSR1');
  expect((await fetch(`${origin}/api/hello`)).status).toBe(200);
  child.kill('SIGTERM');
  await once(child, 'close');
  expect(errors).not.toMatch(/debugger/i);
});

test('a start that is stopped while it builds ends its build', async () => {
  const pidFile = join(project.root, 'build.pid');
  project.write(
    'astro.config.mjs',
    `import { writeFileSync } from 'node:fs';
    writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));
    setInterval(() => undefined, 1_000);
    await new Promise(() => undefined);`,
  );
  const child = spawn(process.execPath, [START, '--port', '0'], {
    cwd: project.root,
    stdio: 'ignore',
  });
  const exited = once(child, 'exit');
  const pid = () => (existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0);
  await vi.waitUntil(() => pid() !== 0);
  child.kill('SIGTERM');
  expect((await exited)[0]).toBe(0);
  await untilGone([pid()]);
});

test('a second signal does not wait', async () => {
  const gateway = await RunningGateway.start(project);
  const watcher = await Watcher.open(gateway.origin);
  const call = gateway.call(gate.path).catch(() => 'cut off');
  await gate.holds(1);
  gateway.process.kill('SIGTERM');
  const listens = () =>
    gateway.call('/').then(
      () => true,
      () => false,
    );
  while (await listens());
  gateway.process.kill('SIGTERM');
  expect(await gateway.exited).toEqual({ code: 1, signal: null });
  expect(await call).toBe('cut off');
  await untilGone(watcher.pids);
  await watcher.close();
});

test('SIGKILL leaves no process, idle, busy or hanging', async () => {
  const gateway = await RunningGateway.start(project);
  const watcher = await Watcher.open(gateway.origin);
  const calls = ['/api/fail?how=hang', gate.path, '/api/py/hello', '/api/hello'];
  const cut = calls.map((path) => gateway.call(path).catch(() => null));
  await watcher.until(
    () =>
      watcher.of('request.started').length === calls.length &&
      watcher.of('request.done').length === 2,
  );
  gateway.process.kill('SIGKILL');
  await Promise.all(cut);
  expect(watcher.pids).toHaveLength(4);
  await untilGone(watcher.pids);
  await watcher.close();
});

test('SIGKILL of an instance costs exactly what it was running', async () => {
  const gateway = await RunningGateway.start(project);
  const watcher = await Watcher.open(gateway.origin);
  const calls = Array.from({ length: 4 }, () => gateway.call(gate.path));
  await gate.holds(calls.length);
  const [victim] = await gateway.instances();
  process.kill(victim?.pid ?? 0, 'SIGKILL');
  await watcher.until(() => watcher.of('instance.stopped').length > 0);
  gate.open();

  const answers = await Promise.all(calls);
  const lost = answers.filter(({ headers }) => headers.get(HEADERS.instance) === victim?.id);
  expect(lost.map(({ status }) => status)).toEqual([502]);
  expect(await lost[0]?.json()).toMatchObject({ code: 'instance-died' });
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(calls.length - 1);
  expect(watcher.of('instance.stopped')).toMatchObject([
    { instance: victim?.id, reason: 'crashed', served: 1 },
  ]);
  await watcher.close();
  await gateway.stop();
});
