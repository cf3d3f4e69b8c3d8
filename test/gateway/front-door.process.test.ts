/** The rules of the front door, as a caller of `npm start` meets them. */

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CONTROLS, HEADERS, IDENTITY_HEADERS, type EventEntry } from '#faas/api.ts';
import { Project } from './fixtures/project.ts';
import { RunningGateway } from './fixtures/running-gateway.ts';

const project = new Project();
let gateway: RunningGateway;

const PAGE = 'https://page.example';
const KEY = 'a key that is printed in a test';
const sha256 = createHash('sha256').update(KEY).digest('hex');

const RULES = {
  grants: {
    '/api/orders/[id]': ['session', 'store'],
    '/api/session': ['session'],
    '/api/cached': ['session'],
  },
  plans: { free: { rate: 0.001, burst: 2 } },
  keys: { ada: { sha256, plan: 'free' } },
  rules: {
    '/api/counter': { throttle: { rate: 0.01, burst: 3 } },
    '/api/whoami': { cors: { origins: [PAGE], methods: ['PUT'] } },
    '/api/work': { timeLimit: { ms: 200 } },
    '/api/cached': { cache: { ttlS: 600 } },
    '/api/tagged': { cache: {} },
    '/api/hello': { keys: {} },
    '/api/checked': {
      validation: {
        body: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
      },
    },
    '/api/echo': { authorizer: { is: 'session', allow: ['ada * *'] } },
    '/api/orders/[id]': {
      authorizer: {
        is: 'session',
        allow: ['ada GET /api/orders/17', 'grace GET /api/orders/18', 'role:clerk GET *'],
      },
    },
  },
};

const TAGGED = `export default {
  fetch(): Response {
    return new Response('hello', { headers: { etag: '"v1"', 'cache-control': 'max-age=600' } });
  },
};`;

beforeAll(async () => {
  project.write('api/tagged.ts', TAGGED);
  project.write('api/_platform.json', JSON.stringify(RULES));
  gateway = await RunningGateway.start(project, { FAAS_IDLE_TIMEOUT_MS: 'unlimited' });
});

afterAll(async () => {
  await gateway.stop();
  project.remove();
});

const codeOf = async (answer: Response) => ((await answer.json()) as { code?: string }).code;
const eventsOf = (answer: Response) =>
  gateway.json<EventEntry[]>(`${CONTROLS.events}?request=${answer.headers.get(HEADERS.request)}`);
const servedBy = async (path: string): Promise<number> =>
  (await gateway.instances())
    .filter((instance) => instance.function === path)
    .reduce((sum, { served }) => sum + served, 0);

async function cookieOf(user: string): Promise<Record<string, string>> {
  const answer = await gateway.call('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user }),
  });
  return { cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' };
}

describe('a limit', () => {
  test('answers 429 with its headers beyond the burst, and the function has not served more', async () => {
    const calls = Array.from({ length: 20 }, () => gateway.call('/api/counter'));
    const answers = await Promise.all(calls);
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(refused).toHaveLength(17);
    expect(await servedBy('/api/counter')).toBe(3);
    const last = refused.at(-1) as Response;
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(90);
    expect(last.headers.get('ratelimit-policy')).toBe('"route";q=3;w=300');
    expect(last.headers.get('ratelimit')).toMatch(/^"route";r=0;t=\d+$/);
    expect(last.headers.get('content-type')).toBe('application/problem+json');
    expect(last.headers.get('cache-control')).toBe('no-store');
    expect(last.headers.get(HEADERS.instance)).toBeNull();
    expect(await codeOf(last)).toBe('rate-limited');
  });

  test('tells in the trace which rule refused', async () => {
    const events = await eventsOf(await gateway.call('/api/counter'));
    expect(events.map(({ type }) => type)).toEqual([
      'rule.refused',
      'request.queued',
      'request.failed',
    ]);
    expect(events[0]).toMatchObject({
      subject: { kind: 'rule', name: 'throttle' },
      route: '/api/counter',
      code: 'rate-limited',
    });
  });

  test('of a plan is that of the key, which no answer and no event repeats', async () => {
    const ask = (key: string) => gateway.call('/api/hello', { headers: { 'x-api-key': key } });
    expect(await codeOf(await gateway.call('/api/hello'))).toBe('key-missing');
    expect(await codeOf(await ask('guessed'))).toBe('key-missing');
    expect((await ask(KEY)).status).toBe(200);
    expect((await ask(KEY)).status).toBe(200);
    const refused = await ask(KEY);
    expect([refused.status, await codeOf(refused)]).toEqual([429, 'rate-limited']);
    expect(JSON.stringify(await eventsOf(refused))).not.toContain(KEY);
  });
});

describe('order 17', () => {
  test('is shown to ada, whose it is', async () => {
    const answer = await gateway.call('/api/orders/17', { headers: await cookieOf('ada') });
    expect(await answer.json()).toMatchObject({ id: 17, owner: 'ada' });
  });

  test('is refused to grace by the door, which names the line that is missing', async () => {
    const answer = await gateway.call('/api/orders/17', { headers: await cookieOf('grace') });
    expect(answer.status).toBe(403);
    expect(answer.headers.get(HEADERS.instance)).toBeNull();
    expect(await answer.text()).toContain('grace GET /api/orders/17');
  });

  test('is refused to eve by the row, though a line that is too wide let her in', async () => {
    const answer = await gateway.call('/api/orders/17', { headers: await cookieOf('eve') });
    expect(answer.status).toBe(404);
    expect(answer.headers.get(HEADERS.instance)).not.toBeNull();
  });

  test.for<[string, Record<string, string>]>([
    ['nothing', {}],
    ['a header of identity', { [IDENTITY_HEADERS.user]: 'ada', 'x-user': 'ada' }],
    ['a cookie that nobody signed', { cookie: 'session=ada' }],
    [
      'a token without a signature',
      {
        cookie:
          'session=eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEiLCJpc3MiOiJzY2FsZS10by16ZXJvIiwiZXhwIjo5MDAwMDAwMDAwfQ.',
      },
    ],
  ])('is refused to whoever brings %s', async ([, headers]) => {
    const answer = await gateway.call('/api/orders/17', { headers });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Cookie cookie-name="session"');
    expect(answer.headers.get(HEADERS.instance)).toBeNull();
  });
});

describe('who calls', () => {
  const forged = { [IDENTITY_HEADERS.user]: 'root', [IDENTITY_HEADERS.roles]: 'admin' };
  const seenBy = async (answer: Response): Promise<Record<string, string>> =>
    ((await answer.json()) as { headers: Record<string, string> }).headers;

  test('is told to the function by the door, whatever the caller says of themselves', async () => {
    const headers = { ...forged, ...(await cookieOf('ada')) };
    const seen = await seenBy(await gateway.call('/api/echo', { headers }));
    expect(seen[IDENTITY_HEADERS.user]).toBe('ada');
    expect(seen[IDENTITY_HEADERS.roles]).not.toBe('admin');
    expect(seen[IDENTITY_HEADERS.key]).toBeUndefined();
  });

  test('may not change anything from a page of another site, by the cookie that the browser adds', async () => {
    const cookie = await cookieOf('ada');
    const act = (origin: string) =>
      gateway.call('/api/echo', { method: 'POST', headers: { ...cookie, origin } });
    const refused = await act('https://evil.example');
    expect([refused.status, await codeOf(refused)]).toEqual([403, 'foreign-origin']);
    expect((await act(gateway.origin)).status).toBe(200);
  });
});

describe('pages of other origins', () => {
  test('ask first, and the door answers without the function', async () => {
    const ask = (origin: string) =>
      gateway.call('/api/whoami', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'PUT' },
      });
    const allowed = await ask(PAGE);
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe(PAGE);
    expect((await ask('https://evil.example')).status).toBe(403);
    expect(await servedBy('/api/whoami')).toBe(0);
  });

  test('run the function by a simple request, and cannot read what it says', async () => {
    const answer = await gateway.call('/api/whoami', {
      headers: { origin: 'https://evil.example' },
    });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(await servedBy('/api/whoami')).toBe(1);
  });
});

describe('a cache whose key leaves the user out', () => {
  test("gives ada's answer to grace", async () => {
    const first = await gateway.call('/api/cached', { headers: await cookieOf('ada') });
    const second = await gateway.call('/api/cached', { headers: await cookieOf('grace') });
    expect(first.headers.get('cache-status')).toBe('front-door; fwd=uri-miss; stored');
    expect(second.headers.get('cache-status')).toMatch(/^front-door; hit; ttl=\d+$/);
    expect(await second.json()).toMatchObject({ greeting: 'Hello, ada!' });
    expect(second.headers.get(HEADERS.instance)).toBeNull();
  });

  test('tells whoever has the answer already that it is still good, and of its age', async () => {
    await gateway.call('/api/tagged');
    const request = `GET /api/tagged HTTP/1.1\r\nhost: localhost\r\nif-none-match: "v1"\r\n`;
    const raw = await gateway.raw(`${request}\r\n${request}connection: close\r\n\r\n`);
    expect(raw.match(/^HTTP\/1\.1 .*$/gm)).toEqual(Array(2).fill('HTTP/1.1 304 Not Modified'));
    expect(raw.match(/^age: \d+$/gm)).toHaveLength(2);
    expect(raw).not.toContain('hello');
    expect(await servedBy('/api/tagged')).toBe(1);
  });

  test('gives it to nobody who brings credentials in Authorization', async () => {
    const headers = { authorization: 'Bearer x' };
    const answer = await gateway.call('/api/cached', { headers });
    expect(answer.headers.get('cache-status')).toBe('front-door; fwd=uri-miss');
  });
});

test('a body of another form is refused with all that is wrong', async () => {
  const send = (body: string, type = 'application/json') =>
    gateway.call('/api/checked', { method: 'POST', body, headers: { 'content-type': type } });
  const refused = await send('{"name": 7}');
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({
    code: 'invalid-request',
    errors: [{ pointer: '#/name', detail: 'is 7: expected text.' }],
  });
  expect((await send('{"name": "Ada"}', 'text/plain')).status).toBe(415);
  expect((await send('{"name": "Ada", "text": "Hello"}')).status).toBe(201);
});

test('a call that takes longer than the door waits is answered with 504, and goes on', async () => {
  const answer = await gateway.call('/api/work?waitMs=1000');
  expect([answer.status, await codeOf(answer.clone())]).toEqual([504, 'door-timed-out']);
  const types = await vi.waitUntil(async () => {
    const told = (await eventsOf(answer)).map(({ type }) => type);
    return told.includes('request.done') && told;
  });
  expect(types).toEqual(expect.arrayContaining(['request.queued', 'request.started']));
  expect(types.indexOf('rule.refused')).toBeGreaterThan(-1);
  expect(types.indexOf('rule.refused')).toBeLessThan(types.indexOf('request.done'));
});
