import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CONTROLS, CONTROL_PREFIX } from '../api.ts';
import { ScriptedGateway } from './fixtures/scripted-gateway.ts';

let gateway: ScriptedGateway;

beforeAll(async () => {
  gateway = await ScriptedGateway.start();
});

afterAll(() => gateway.server.stop(1_000));

beforeEach(() => gateway.reset());

test.for(['evil.test', 'localhost.evil.test', '', '[::2]'])(
  'the host "%s" is not this server',
  async (host) => {
    const answer = await gateway.raw(
      `GET /api/a HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 421 /);
    expect(answer).toContain('"code":"foreign-host"');
    expect(gateway.platform.asked).toEqual([]);
  },
);

test.for(['localhost', 'LOCALHOST:80', '127.0.0.1:4321', '[::1]', 'course.test'])(
  'the host "%s" is this server',
  async (host) => {
    const answer = await gateway.raw(
      `GET /api/a HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
  },
);

test.for<[string, Record<string, string>]>([
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['another port of this machine', { 'sec-fetch-site': 'same-site' }],
  ['another origin', { origin: 'http://evil.test' }],
  ['no origin', { origin: 'null' }],
])('the controls refuse a page of %s', async ([, headers]) => {
  for (const control of ['functions', 'instances', 'events']) {
    const answer = await gateway.get(CONTROL_PREFIX + control, { headers });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'cross-site' });
  }
});

test('the controls answer their own pages and tools', async () => {
  const own = { origin: gateway.server.origin, 'sec-fetch-site': 'same-origin' };
  expect(await (await gateway.get(CONTROLS.instances, { headers: own })).json()).toEqual([]);
  expect(await (await gateway.get(CONTROLS.functions)).json()).toEqual([]);
});

test.for([
  CONTROL_PREFIX,
  `${CONTROL_PREFIX}nothing`,
  `${CONTROL_PREFIX}../api/a`,
  `${CONTROL_PREFIX}__proto__`,
  `${CONTROL_PREFIX}constructor`,
])('there is no control at %s', async (path) => {
  const answer = await gateway.raw(
    `GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1.1 404 /);
  expect(answer).toContain('"code":"not-found"');
});

test('a control answers GET only', async () => {
  const answer = await gateway.get(CONTROLS.instances, { method: 'DELETE' });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
});
