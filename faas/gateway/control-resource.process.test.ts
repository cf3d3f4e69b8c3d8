import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { request } from 'node:http';
import { CONTROL_PREFIX } from '../api.ts';
import { EventLog } from './event-log.ts';
import { Gateway } from './gateway.ts';
import { functionOf, type ControlResource } from './control-resource.ts';
import { listen, type RunningServer } from './server.ts';

const KNOB = `${CONTROL_PREFIX}knob`;
let received: unknown[] = [];
const knob: ControlResource = {
  get: () => received,
  put: (value) => void received.push(functionOf(value)),
  delete: (path) => void received.push(`no ${path}`),
};
let server: RunningServer;

beforeAll(async () => {
  const gateway = new Gateway({
    platform: {
      functions: [],
      instances: () => [],
      handle: () => Promise.reject(new Error('Nobody calls a function here.')),
    },
    log: new EventLog(),
    site: (_request, response) => void response.end(),
    allowedHosts: ['course.test'],
    resources: { [KNOB]: knob },
    onError: (error) => received.push(error),
  });
  server = await listen(gateway, '127.0.0.1', 0);
});

afterAll(() => server.stop(1_000));
beforeEach(() => {
  received = [];
});

const call = (method: string, init: RequestInit = {}, query = '') =>
  fetch(`${server.origin}${KNOB}${query}`, { method, ...init });

/** Uses `node:http`, since `fetch` forbids some of these headers. */
function callAs(headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(server.origin);
    const asked = request({ port, host: '127.0.0.1', method: 'PUT', path: KNOB, headers });
    asked.on('response', (answer) => resolve(answer.resume().statusCode ?? 0));
    asked.on('error', reject);
    asked.end('{}');
  });
}

test('it is shown, set and reset, and each response has the current value', async () => {
  expect(await (await call('GET')).json()).toEqual([]);
  const set = await call('PUT', { body: '{"function":"/api/work"}' });
  expect(await set.json()).toEqual(['/api/work']);
  expect(await (await call('PUT', { body: '{}' })).json()).toEqual(['/api/work', null]);
  await call('DELETE', {}, '?function=/api/work');
  expect(await (await call('DELETE')).json()).toEqual([
    '/api/work',
    null,
    'no /api/work',
    'no null',
  ]);
});

test.for([
  ['{', /is JSON; what came is not/],
  ['[]', /JSON object.*\[\] came/],
  ['{"function":7}', /"function" is a function's name.*7 came/],
  [`"${'x'.repeat(100_001)}"`, /may have 100000 bytes; more came/],
] as const)('a body that cannot be understood is 400: %s', async ([body, detail]) => {
  const answer = await call('PUT', { body });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({
    code: 'bad-request',
    detail: expect.stringMatching(detail),
  });
  expect(received).toEqual([]);
});

test('another method is 405 with those there are', async () => {
  const answer = await call('POST', { body: '{}' });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, PUT, DELETE']);
});

test('a page of another site may neither look nor touch', async () => {
  const headers = { origin: 'http://evil.test' };
  expect((await call('GET', { headers })).status).toBe(403);
  expect((await call('PUT', { headers, body: '{}' })).status).toBe(403);
  expect((await call('DELETE', { headers: { 'sec-fetch-site': 'same-site' } })).status).toBe(403);
  expect(received).toEqual([]);
});

test('a caller by an outside name, through a proxy, can read it and not change it', async () => {
  expect(await callAs({ host: 'course.test' })).toBe(403);
  expect(received).toEqual([]);
  expect(await callAs({ host: 'localhost' })).toBe(200);
});
