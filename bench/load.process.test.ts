import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { load } from './load.ts';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** @param statusOf of the nth call */
async function asked(statusOf: (nth: number) => number, clients: number) {
  let calls = 0;
  const connections = new Set<unknown>();
  server = createServer((request, response) => {
    connections.add(request.socket);
    response.writeHead(statusOf((calls += 1))).end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // So long that it ends by its number of requests.
  const result = await load({ url, clients, warmUpMs: 0, durationMs: 60_000, maxRequests: 50 });
  return { result, calls, connections: connections.size };
}

test('each client has one connection, and every request is counted once', async () => {
  const { result, calls, connections } = await asked(() => 200, 2);
  expect(result).toMatchObject({ requests: 50, errors: 0 });
  expect([calls, connections]).toEqual([50, 2]);
  expect(result.p99Ms).toBeGreaterThanOrEqual(result.p50Ms);
  expect(result.requestsPerS).toBeGreaterThan(0);
});

test('what is not answered with 200 is an error, and no request a second', async () => {
  const { result } = await asked((nth) => (nth % 2 === 0 ? 500 : 200), 1);
  expect(result).toMatchObject({ requests: 50, errors: 25 });
});
