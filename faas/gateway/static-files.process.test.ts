import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ScriptedGateway } from './fixtures/scripted-gateway.ts';
import type { Site } from './gateway.ts';
import { serveFiles } from './static-files.ts';

const HEADERS = {
  '*': { 'referrer-policy': 'strict-origin' },
  '/lessons/one/': { 'content-security-policy': "default-src 'self'" },
};

const unbuilt: Site = (_request, response) => response.writeHead(503).end('not built');

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
  writeFileSync(join(dist, '_astro/a.js.gz'), gzipSync('by gzip'));
  writeFileSync(join(dist, '_astro/a.js.br'), brotliCompressSync('by brotli'));
  writeFileSync(join(dist, 'favicon.ico'), 'an icon');
  writeFileSync(join(dist, 'old.gz'), gzipSync('a file of its own'));
  writeFileSync(join(dist, '.headers.json'), JSON.stringify(HEADERS));
  gateway = await ScriptedGateway.start(serveFiles(dist, unbuilt));
});

afterAll(async () => {
  await gateway.server.stop(1_000);
  rmSync(dist, { recursive: true });
});

test.for([
  ['/', 'home'],
  ['/lessons/one/', 'lesson one'],
  ['/lessons/one?from=home', 'lesson one'],
])('%s is a page of the site', async ([path, text]) => {
  const answer = await gateway.get(path ?? '');
  expect([answer.status, await answer.text()]).toEqual([200, text]);
});

test.for([
  '/lessons/two',
  '/404',
  '/404.html',
  '/.secret',
  '/.built-from',
  '/..%2f..%2fetc/passwd',
  '/%00',
  '/%zz',
])('%s is not there, and says so with the 404 page', async (path) => {
  const answer = await gateway.raw(
    `GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1.1 404 /);
  expect(answer).toMatch(/not here$/);
});

test.for([
  ['/lessons/one', '/lessons/one/'],
  ['/lessons/one/index.html', '/lessons/one/'],
  ['/index.html?a=1', '/?a=1'],
])('%s is sent to the one address of its page', async ([path, location]) => {
  const answer = await gateway.get(path ?? '', { redirect: 'manual' });
  expect([answer.status, answer.headers.get('location')]).toEqual([308, location]);
});

test('files named by their content are cached for ever, and pages are revalidated', async () => {
  const file = await gateway.get('/_astro/a.js');
  expect(file.headers.get('cache-control')).toContain('immutable');
  const page = await gateway.get('/');
  expect(page.headers.get('cache-control')).toBe('no-cache');
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
});

test('an icon has the type of an image', async () => {
  const icon = await gateway.get('/favicon.ico');
  expect(icon.headers.get('content-type')).toBe('image/x-icon');
});

test('headers that the build asks for are those of its files', async () => {
  const page = await gateway.get('/lessons/one/');
  expect(page.headers.get('content-security-policy')).toBe("default-src 'self'");
  const file = await gateway.get('/_astro/a.js');
  expect(file.headers.get('content-security-policy')).toBeNull();
  expect(file.headers.get('referrer-policy')).toBe('strict-origin');
  expect(file.headers.get('x-content-type-options')).toBe('nosniff');
});

test.for<[string, string | null, string]>([
  ['gzip, deflate, br, zstd', 'br', 'by brotli'],
  ['gzip', 'gzip', 'by gzip'],
  ['br;q=0, gzip', 'gzip', 'by gzip'],
  ['*', 'br', 'by brotli'],
  ['identity', null, 'plain'],
  ['gzip;q=0, br;q=0', null, 'plain'],
])('to a caller that accepts %s a file goes out as %s', async ([accept, coding, text]) => {
  const answer = await gateway.get('/_astro/a.js', { headers: { 'accept-encoding': accept } });
  expect(answer.headers.get('content-encoding')).toBe(coding);
  expect(answer.headers.get('vary')).toBe('accept-encoding');
  expect(await answer.text()).toBe(text);
});

test('each coding has an ETag of its own, and a caller that sends it gets 304', async () => {
  const ask = async (headers: Record<string, string>) => gateway.get('/_astro/a.js', { headers });
  const tags = await Promise.all(
    ['br', 'gzip', 'identity'].map(async (accept) => {
      const answer = await ask({ 'accept-encoding': accept });
      return answer.headers.get('etag') ?? '';
    }),
  );
  expect(new Set(tags).size).toBe(3);
  const [br = ''] = tags;
  const again = await ask({ 'accept-encoding': 'br', 'if-none-match': `"other", ${br}` });
  expect([again.status, await again.text()]).toEqual([304, '']);
  expect(again.headers.get('etag')).toBe(br);
  expect(again.headers.get('vary')).toBe('accept-encoding');
  expect((await ask({ 'accept-encoding': 'gzip', 'if-none-match': br })).status).toBe(200);
});

test('conditions on the date hold to the second', async () => {
  const page = await gateway.get('/');
  const modified = page.headers.get('last-modified') ?? '';
  const ask = async (headers: Record<string, string>) =>
    (await gateway.get('/', { headers })).status;
  expect(await ask({ 'if-modified-since': modified })).toBe(304);
  expect(await ask({ 'if-modified-since': new Date(0).toUTCString() })).toBe(200);
  expect(await ask({ 'if-unmodified-since': modified })).toBe(200);
  expect(await ask({ 'if-unmodified-since': new Date(0).toUTCString() })).toBe(412);
  expect(await ask({ 'if-match': '"another"' })).toBe(412);
  expect(await ask({ 'if-match': page.headers.get('etag') ?? '' })).toBe(200);
});

test('a page may end in .gz without being the coding of another', async () => {
  expect((await gateway.get('/old.gz')).status).toBe(200);
});

test.for<[string, number, string]>([
  ['bytes=1-2', 206, 'om'],
  ['bytes=2-', 206, 'me'],
  ['bytes=0-0', 206, 'h'],
  ['bytes=-2', 206, 'me'],
  ['bytes=-10', 206, 'home'],
  ['bytes=0-18446744073709551615', 206, 'home'],
  ['bytes=9-', 416, ''],
  ['bytes=-0', 416, ''],
  ['bytes=2-1', 200, 'home'],
  ['bytes=5-2', 200, 'home'],
  ['bytes=1x-2', 200, 'home'],
  ['bytes=0-1,3-3', 200, 'home'],
  ['lines=1-2', 200, 'home'],
])('the range %s of a page is %d', async ([range, status, text]) => {
  const answer = await gateway.get('/', { headers: { range } });
  expect([answer.status, await answer.text()]).toEqual([status, text]);
  expect(gateway.errors).toEqual([]);
});

/** Positions near the ends of a file of four bytes, and those that no number holds exactly. */
const position = fc.oneof(
  fc.integer({ min: 0, max: 6 }).map(String),
  fc.constantFrom('00', '007', '4294967296', '18446744073709551615', '9'.repeat(400)),
);
const oneRange = fc.oneof(
  fc.tuple(position, position).map(([first, last]) => `${first}-${last}`),
  position.map((first) => `${first}-`),
  position.map((length) => `-${length}`),
);
const rangeHeader = fc.oneof(
  oneRange.map((range) => `bytes=${range}`),
  fc.array(oneRange, { minLength: 2, maxLength: 40 }).map((ranges) => `bytes=${ranges.join(',')}`),
  fc.tuple(fc.constantFrom('bytes', 'Bytes', 'lines', ''), fc.string()).map((two) => two.join('=')),
  fc.string(),
);

/** What RFC 9110 (14.1.2) makes of one range, computed with big integers; null when it is not one. */
function readRange(header: string, size: bigint): { first: bigint; last: bigint } | null {
  const [, range] = /^bytes=\s*(\S*)\s*$/i.exec(header) ?? [];
  if (range === undefined || !/^(\d+-\d*|-\d+)$/.test(range)) return null;
  const [first = '', last = ''] = range.split('-');
  if (first === '')
    return { first: size > BigInt(last) ? size - BigInt(last) : 0n, last: size - 1n };
  const end = last === '' ? size - 1n : BigInt(last);
  if (last !== '' && end < BigInt(first)) return null;
  return { first: BigInt(first), last: end < size ? end : size - 1n };
}

test('any range is answered with the whole, exactly that part, or 416', async () => {
  const whole = 'home';
  const size = BigInt(whole.length);
  await fc.assert(
    fc.asyncProperty(rangeHeader, async (range) => {
      const answer = await gateway.get('/', { headers: { range } });
      const got = [answer.status, await answer.text(), answer.headers.get('content-range')];
      const asked = readRange(range.trim(), size);
      if (asked === null) expect(got).toEqual([200, whole, null]);
      else if (asked.first >= size) expect(got).toEqual([416, '', `bytes */${size}`]);
      else {
        const part = whole.slice(Number(asked.first), Number(asked.last) + 1);
        expect(got).toEqual([206, part, `bytes ${asked.first}-${asked.last}/${size}`]);
      }
    }),
    { numRuns: 500 },
  );
  expect(gateway.errors).toEqual([]);
  expect((await gateway.get('/')).status).toBe(200);
});

test('a range of another version is answered with the whole of this one', async () => {
  const page = await gateway.get('/');
  const ask = async (ifRange: string) =>
    (await gateway.get('/', { headers: { range: 'bytes=0-1', 'if-range': ifRange } })).status;
  expect(await ask(page.headers.get('etag') ?? '')).toBe(206);
  expect(await ask(page.headers.get('last-modified') ?? '')).toBe(206);
  expect(await ask('"another"')).toBe(200);
  expect(await ask(`W/${page.headers.get('etag') ?? ''}`)).toBe(200);
  expect(await ask(new Date(0).toUTCString())).toBe(200);
});

test('a range counts the bytes without a content coding', async () => {
  const headers = { range: 'bytes=1-2', 'accept-encoding': 'br' };
  const answer = await gateway.get('/_astro/a.js', { headers });
  expect(answer.headers.get('content-range')).toBe('bytes 1-2/5');
  expect(answer.headers.get('content-encoding')).toBeNull();
  expect(await answer.text()).toBe('la');
});

describe('a build beside the server', () => {
  let folder: string;
  let serving: ScriptedGateway;
  const build = (stamp: string): void => {
    mkdirSync(join(folder, '_astro'), { recursive: true });
    writeFileSync(join(folder, 'index.html'), `built ${stamp}`);
    writeFileSync(join(folder, `_astro/${stamp}.js`), stamp);
    writeFileSync(join(folder, '.built-from'), stamp);
  };
  const page = async (path: string) => {
    const answer = await serving.get(path);
    return [answer.status, await answer.text()];
  };

  beforeEach(async () => {
    folder = join(mkdtempSync(join(tmpdir(), 'site-')), 'dist');
    serving = await ScriptedGateway.start(serveFiles(folder, unbuilt));
  });

  afterEach(async () => {
    await serving.server.stop(1_000);
    rmSync(dirname(folder), { recursive: true });
  });

  test('is not seen before it is complete', async () => {
    build('one');
    expect(await page('/')).toEqual([200, 'built one']);
    rmSync(folder, { recursive: true });
    expect(await page('/')).toEqual([200, 'built one']);
    mkdirSync(folder);
    writeFileSync(join(folder, 'index.html'), 'half a p');
    expect(await page('/')).toEqual([200, 'built one']);
    build('two');
    expect(await page('/')).toEqual([200, 'built two']);
  });

  test('leaves an open page its files', async () => {
    build('one');
    expect(await page('/')).toEqual([200, 'built one']);
    rmSync(folder, { recursive: true });
    build('two');
    expect(await page('/_astro/one.js')).toEqual([200, 'one']);
  });

  test('is reported as missing until there is one', async () => {
    expect(await page('/')).toEqual([503, 'not built']);
    build('one');
    expect(await page('/')).toEqual([200, 'built one']);
  });
});

test('a page answers GET and HEAD only', async () => {
  const answer = await gateway.get('/', { method: 'POST' });
  expect(answer.status).toBe(405);
  expect(answer.headers.get('allow')).toBe('GET, HEAD');
  expect((await gateway.get('/', { method: 'HEAD' })).status).toBe(200);
});
