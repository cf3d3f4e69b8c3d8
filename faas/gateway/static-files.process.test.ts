import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ScriptedGateway } from './fixtures/scripted-gateway.ts';
import { serveFiles } from './static-files.ts';

let dist: string;
let gateway: ScriptedGateway;

beforeAll(async () => {
  dist = mkdtempSync(join(tmpdir(), 'site-'));
  mkdirSync(join(dist, 'lessons/one'), { recursive: true });
  mkdirSync(join(dist, '_astro'));
  writeFileSync(join(dist, 'index.html'), 'home');
  writeFileSync(join(dist, 'lessons/one/index.html'), 'lesson one');
  writeFileSync(join(dist, '404.html'), 'not here');
  writeFileSync(join(dist, '.secret'), 'secret');
  writeFileSync(join(dist, '_astro/a.js'), 'plain');
  writeFileSync(join(dist, '_astro/a.js.gz'), gzipSync('packed'));
  gateway = await ScriptedGateway.start(serveFiles(dist));
});

afterAll(async () => {
  await gateway.server.stop(1_000);
  rmSync(dist, { recursive: true });
});

test.for([
  ['/', 'home'],
  ['/lessons/one', 'lesson one'],
  ['/lessons/one/', 'lesson one'],
  ['/lessons/one?from=home', 'lesson one'],
])('%s is a page of the site', async ([path, text]) => {
  const answer = await gateway.get(path ?? '');
  expect([answer.status, await answer.text()]).toEqual([200, text]);
});

test.for(['/lessons/two', '/.secret', '/.built-from', '/..%2f..%2fetc/passwd', '/%00', '/%zz'])(
  '%s is not there, and says so with the 404 page',
  async (path) => {
    const answer = await gateway.raw(
      `GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 404 /);
    expect(answer).toMatch(/not here$/);
  },
);

test('a precompressed file is used, and what Astro named by its content never changes', async () => {
  const answer = await gateway.get('/_astro/a.js');
  expect(await answer.text()).toBe('packed');
  expect(answer.headers.get('cache-control')).toContain('immutable');
  expect((await gateway.get('/')).headers.get('cache-control')).toBe('no-cache');
});

test.for<[string, number, string]>([
  ['bytes=1-2', 206, 'om'],
  ['bytes=2-', 206, 'me'],
  ['bytes=9-', 416, ''],
  ['bytes=2-1', 200, 'home'],
  ['bytes=-2', 200, 'home'],
  ['bytes=0-1,3-3', 200, 'home'],
  ['lines=1-2', 200, 'home'],
])('the range %s of a page is %d', async ([range, status, text]) => {
  const answer = await gateway.get('/', { headers: { range } });
  expect([answer.status, await answer.text()]).toEqual([status, text]);
  expect(gateway.errors).toEqual([]);
});

test('a page answers GET and HEAD only', async () => {
  const answer = await gateway.get('/', { method: 'POST' });
  expect(answer.status).toBe(405);
  expect(answer.headers.get('allow')).toBe('GET, HEAD');
  expect((await gateway.get('/', { method: 'HEAD' })).status).toBe(200);
});
