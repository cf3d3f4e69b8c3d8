import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sqlRequestBy } from '../_lib/sql-request.ts';

const sockets = new Set<unknown>();
const server = http.createServer((request, response) => {
  sockets.add(request.socket);
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (piece: string) => (body += piece));
  request.on('end', () => {
    if (request.url === '/broken') {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half', () => response.destroy());
      return;
    }
    response.writeHead(Number(request.headers['x-status'] ?? 200));
    response.end(JSON.stringify({ method: request.method, body, same: 'ü'.repeat(50_000) }));
  });
});
const ask = sqlRequestBy(http);
let origin = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const asked = (body: string, headers = {}) => ({ method: 'POST', headers, body });

test('an answer is whole, in the encoding that JSON has', async () => {
  const answer = await ask(`${origin}/sql`, asked('{"query":"select ‘é’"}'));
  expect(answer).toMatchObject({ ok: true, status: 200 });
  expect(await answer.json()).toEqual({
    method: 'POST',
    body: '{"query":"select ‘é’"}',
    same: 'ü'.repeat(50_000),
  });
});

test('statements one after another share a connection', async () => {
  sockets.clear();
  for (const body of ['1', '2', '3']) await ask(`${origin}/sql`, asked(body));
  expect(sockets.size).toBe(1);
});

test('a refusal is an answer', async () => {
  const answer = await ask(`${origin}/sql`, asked('', { 'x-status': '503' }));
  expect(answer).toMatchObject({ ok: false, status: 503 });
  expect(await answer.text()).toContain('"method":"POST"');
});

test('an answer that breaks off is none', async () => {
  await expect(ask(`${origin}/broken`, asked(''))).rejects.toThrow('aborted');
});
