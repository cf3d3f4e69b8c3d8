/** Who may not speak to a server on the reader's own machine, and what may not reach a function. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { CONTROLS, HEADERS } from '#faas/api.ts';
import { Project } from './fixtures/project.ts';
import { RunningGateway } from './fixtures/running-gateway.ts';
import { Watcher } from './fixtures/watcher.ts';

const project = new Project();
let gateway: RunningGateway;

const TOKEN = 'the-token-of-this-start';

beforeAll(async () => {
  project.write('api/attack.ts', ATTACK);
  project.write('api/py/attack.py', PYTHON_ATTACK);
  gateway = await RunningGateway.start(project, {
    FAAS_ALLOWED_HOSTS: 'course.test',
    FAAS_TOKEN: TOKEN,
  });
});

afterAll(async () => {
  await gateway.stop();
  project.remove();
});

/** Asks a control of the gateway's, as a caller with these headers. */
async function control(path: string, headers: readonly string[]): Promise<string> {
  const head = [`GET ${path} HTTP/1.1`, 'connection: close', ...headers].join('\r\n');
  return (await gateway.raw(`${head}\r\n\r\n`)).split('\r\n', 1)[0] ?? '';
}

const WATCHING = [CONTROLS.instances, CONTROLS.policies, CONTROLS.faults, CONTROLS.events];

test.for([
  ['a name from outside', ['host: course.test']],
  ['a proxy that says who it speaks for', ['host: localhost', 'x-forwarded-for: 203.0.113.9']],
  ['a proxy by the standard', ['host: localhost', 'forwarded: for=203.0.113.9']],
  ['a gateway in between', ['host: localhost', 'via: 1.1 proxy']],
  ['a wrong token', ['host: course.test', 'authorization: Bearer guessed']],
] as const)('what watches or controls is refused to %s', async ([, headers]) => {
  for (const path of WATCHING) expect(await control(path, headers)).toContain('403');
  expect(await control(CONTROLS.functions, headers)).toContain('200');
});

test('the token of this start opens the controls from anywhere', async () => {
  const bearer = ['host: course.test', `authorization: Bearer ${TOKEN}`];
  expect(await control(CONTROLS.instances, bearer)).toContain('200');
  const inQuery = `${CONTROLS.policies}?token=${TOKEN}`;
  expect(await control(inQuery, ['host: course.test'])).toContain('200');
});

test('anyone may read the events of a call whose id they were given, and of no other', async () => {
  const ids = await Promise.all(
    ['Ada', 'Bob'].map(async (name) => {
      const answer = await gateway.call(`/api/hello?name=${name}`);
      return answer.headers.get(HEADERS.request) ?? '';
    }),
  );
  const [ada = '', bob = ''] = ids;
  const text = await gateway.raw(
    `GET ${CONTROLS.events}?request=${ada} HTTP/1.1\r\nhost: course.test\r\nconnection: close\r\n\r\n`,
  );
  expect(text).toContain('name=Ada');
  expect(text).toContain('request.done');
  expect(text).not.toContain('name=Bob');
  // Nothing of one id tells the next.
  expect(bob.split('-')[1]).toHaveLength(10);
  expect(bob.slice(-6)).not.toBe(ada.slice(-6));
});

test.skipIf(process.platform !== 'linux').for(['/api/attack', '/api/py/attack'])(
  'the process of %s may not use the controls, and may call a function',
  async (path) => {
    const answer = await gateway.call(`${path}?port=${gateway.port}`);
    expect(await answer.json()).toEqual({ controls: 403, functions: 200 });
  },
);

const callAs = (host: string) =>
  gateway.raw(`GET /api/hello HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);

test('a foreign host is refused, an allowed one is not', async () => {
  expect(await callAs('evil.test')).toMatch(/^HTTP\/1.1 421 [^]*"code":"foreign-host"/);
  expect(await callAs('course.test')).toMatch(/^HTTP\/1.1 200 /);
});

test('a page of another site cannot use the controls', async () => {
  const headers = { origin: 'http://evil.test', 'sec-fetch-site': 'cross-site' };
  const answer = await gateway.call(CONTROLS.instances, { headers });
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({ code: 'cross-site' });
});

test('a request hidden in the body of another is not answered', async () => {
  const hidden = 'GET /api/hello?name=Smuggler HTTP/1.1\r\nhost: localhost\r\n\r\n';
  const watcher = await Watcher.open(gateway.origin);
  await gateway.raw(
    `POST /api/echo HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
  );
  const answer = await gateway.raw(
    `POST /api/echo HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: ${hidden.length}\r\n\r\n${hidden}`,
  );
  expect(answer).toContain('Smuggler');
  await watcher.until(() => watcher.of('request.done').length === 1);
  expect(watcher.of('request.queued').map(({ url }) => url)).toEqual(['/api/echo']);
  await watcher.close();
});

const ATTACK = `export default {
  async fetch(request: Request): Promise<Response> {
    const origin = 'http://127.0.0.1:' + new URL(request.url).searchParams.get('port');
    const controls = await fetch(origin + '${CONTROLS.policies}');
    const functions = await fetch(origin + '/api/hello');
    return Response.json({ controls: controls.status, functions: functions.status });
  },
};
`;

const PYTHON_ATTACK = `
import json
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

class handler(BaseHTTPRequestHandler):
    def do_GET(self):
        port = int(parse_qs(urlsplit(self.path).query)['port'][0])
        def status(path):
            connection = HTTPConnection('127.0.0.1', port)
            connection.request('GET', path)
            return connection.getresponse().status
        answer = {'controls': status('${CONTROLS.policies}'), 'functions': status('/api/hello')}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header('content-length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)
`;
