/** `npm start` from the command line: what it says, and what it does about a missing site. */

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { renderUnicodeCompact } from 'uqr';
import { afterAll, expect, test, vi } from 'vitest';
import { CONTROLS } from '#faas/api.ts';
import { stampOf, writeStamp } from '#faas/project/freshness.ts';
import { Project, repositoryFile } from './fixtures/project.ts';
import { originIn } from './fixtures/running-gateway.ts';

const project = new Project();
afterAll(() => project.remove());

const START = repositoryFile('faas/commands/start.ts');

function run(args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [START, ...args], {
    cwd: project.root,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('--help lists every option and starts nothing', () => {
  const { status, stdout } = run(['--help']);
  expect(status).toBe(0);
  expect(stdout).toContain('FAAS_IDLE_TIMEOUT_MS');
});

test('a wrong option is named with its range, without a stack', () => {
  const { status, stderr } = run(['--no-build'], { PORT: '70000' });
  expect(status).toBe(1);
  expect(stderr.trim()).toBe(
    'PORT is "70000". Expected a whole number from 0 to 65535; leave it out for 4321.',
  );
});

test('a port that is taken is told before anything is built', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const child = spawn(process.execPath, [START], {
    cwd: project.root,
    env: { ...process.env, PORT: String(port) },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => (output += String(chunk)));
  }
  expect((await once(child, 'close'))[0]).toBe(1);
  expect(output.trim()).toBe(
    `Port ${port} is in use by another program. Stop that program, or take another port: PORT=${port + 1} npm start`,
  );
  other.close();
});

test('another program at the same port of [::1] is told of', async (context) => {
  const other = createServer().listen(0, '::1');
  const listens = await Promise.race([
    once(other, 'listening').then(() => true),
    once(other, 'error').then(() => false),
  ]);
  context.skip(!listens, 'this machine has no IPv6');
  const { port } = other.address() as AddressInfo;
  const child = spawn(process.execPath, [START, '--no-build', '--port', String(port)], {
    cwd: project.root,
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  while (!output.includes('Ctrl+C')) await once(child.stdout, 'data');
  child.kill('SIGTERM');
  await once(child, 'close');
  other.close();
  expect(output).toContain(`Another program listens on port ${port} of [::1]`);
});

test('on all addresses, those of the network are printed, with a code for phones, and answer', async (context) => {
  const child = spawn(process.execPath, [START, '--no-build', '--host', '0.0.0.0', '--port', '0'], {
    cwd: project.root,
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  const local = await originIn(child);
  const [address] = output.match(/http:\/\/\d+\.\d+\.\d+\.\d+:\d+/) ?? [];
  if (address !== undefined) {
    expect((await fetch(`${address}/api/hello`)).status).toBe(200);
    // From there the controls want the token that the start prints.
    expect((await fetch(address + CONTROLS.instances)).status).toBe(403);
    const [, token = ''] = /Bearer (\S+)/.exec(output) ?? [];
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(address + CONTROLS.instances, { headers })).status).toBe(200);
    const code = renderUnicodeCompact(address).split('\n');
    await vi.waitFor(() => {
      for (const line of code) expect(output).toContain(line);
    });
  }
  expect((await fetch(`${local}/api/hello`)).status).toBe(200);
  child.kill('SIGTERM');
  await once(child, 'close');
  context.skip(address === undefined, 'this machine is in no network');
});

test('a mistake in one function is told, at the start and at its URL; the others run', async () => {
  project.write('api/wrong.ts', 'export const one = 1;');
  const child = spawn(process.execPath, [START, '--no-build', '--port', '0'], {
    cwd: project.root,
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  const origin = await originIn(child);
  const wrong = await fetch(`${origin}/api/wrong`);
  expect([wrong.status, await wrong.json()]).toMatchObject([
    502,
    { code: 'start-failed', detail: expect.stringContaining('api/wrong.ts holds no handler') },
  ]);
  expect((await fetch(`${origin}/api/hello`)).status).toBe(200);
  child.kill('SIGTERM');
  await once(child, 'close');
  expect(output).toContain('api/wrong.ts holds no handler');
  project.write('api/wrong.ts', 'export default { fetch: () => new Response() };');
});

/** Makes a Node take itself for one that reads no TypeScript. */
const OLD_NODE = `data:text/javascript,${encodeURIComponent(
  `Object.defineProperty(process.features, 'typescript', { value: false });`,
)}`;

function startWithOldNode(cwd: string) {
  const start = repositoryFile('faas/commands/start.mjs');
  return spawnSync(process.execPath, ['--import', OLD_NODE, start, '--help'], {
    cwd,
    encoding: 'utf8',
  });
}

test('a Node that is too old goes on with the one that the course brings', () => {
  const { status, stdout, stderr } = startWithOldNode(project.root);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain('FAAS_IDLE_TIMEOUT_MS');
});

test('where that one is missing, one sentence says what to run', () => {
  const empty = new Project();
  rmSync(join(empty.root, 'node_modules'));
  const bare = startWithOldNode(empty.root);
  expect(bare.status).toBe(1);
  expect(bare.stderr.trim()).toMatch(/^This needs Node 22\.18 .* npm ci && npm start$/);
  mkdirSync(join(empty.root, 'node_modules'));
  const without = startWithOldNode(empty.root);
  expect(without.stderr.trim()).toMatch(
    /^This needs Node 22\.18 .* npm rebuild node && npm start$/,
  );
  empty.remove();
});

test.skipIf(process.platform === 'win32')(
  'a folder that this user may not write is named, with what to do',
  () => {
    const folder = new Project();
    chmodSync(folder.root, 0o555);
    // Root may write everywhere, so it starts the course as somebody else.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const start = () =>
      spawnSync(process.execPath, [START, '--port', '0'], {
        cwd: folder.root,
        encoding: 'utf8',
        ...nobody,
      });
    const { status, stderr } = start();
    expect(status).toBe(1);
    expect(stderr.trim()).toBe(
      `The course has to be built, since dist/ is missing or older than its sources, and this user may not write to ${folder.root}. Copy the project to a folder of your own and start it there.`,
    );
    chmodSync(folder.root, 0o755);
    mkdirSync(join(folder.root, 'dist'));
    folder.write('dist/index.html', 'an older course');
    chmodSync(folder.root, 0o555);
    expect(start().stderr).toContain('Serve the site as it is: npm start -- --no-build');
    chmodSync(folder.root, 0o755);
    folder.remove();
  },
);

test('a site that is missing is built, and one that is fresh is served at once', async () => {
  project.write('astro.config.mjs', 'throw new Error("the build ran");');
  const { status, stdout, stderr } = run(['--port', '0']);
  expect(status).toBe(1);
  expect(stdout).toContain('Building the course');
  expect(stderr).toMatch(/the build ran[^]*could not be built/);

  const dist = join(project.root, 'dist');
  mkdirSync(dist);
  project.write('dist/index.html', 'the course');
  writeStamp(dist, stampOf(project.root));
  const child = spawn(process.execPath, [START, '--port', '0'], { cwd: project.root });
  let output = '';
  for await (const chunk of child.stdout) {
    output += String(chunk);
    if (output.includes('Ctrl+C')) break;
  }
  expect(output).not.toContain('Building');
  const origin = /http:\/\/localhost:\d+/.exec(output)?.[0] ?? '';
  expect(await (await fetch(origin)).text()).toBe('the course');
  child.kill('SIGTERM');
  await once(child, 'exit');
  expect(existsSync(dist)).toBe(true);
});
