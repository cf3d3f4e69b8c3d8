/** The checkout as the platform runs it: processes that call one another, one of them Python. */

import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Project } from '../../test/gateway/fixtures/project.ts';
import { CONTROLS, HEADERS, LAST_EVENT_ID } from '#faas/api.ts';
import { callTrees } from '#faas/core/trace/call-tree.ts';
import type { TraceEvent } from '#faas/core/trace/trace.ts';
import { listen, type RunningServer } from '#faas/gateway/server.ts';
import { LocalPlatform } from '#faas/local/local-platform.ts';
import { parseServeOptions } from '#faas/local/serve-options.ts';
import { composedCall, composedEvents } from '#faas/simulation/composed-call.ts';
import { readEvents } from '#src/demo/places/server-sent-events.ts';

/** Calls a function that it is not granted, and hands on what it is told. */
const NOSY = `export default {
  fetch({ url, headers }: Request): Promise<Response> {
    const traceparent = headers.get('traceparent') ?? '';
    return fetch(new URL('/api/pay', url), { method: 'POST', headers: { traceparent } });
  },
};
`;

const project = new Project();
project.write('api/nosy.ts', NOSY);
const listening = new AbortController();
const events: TraceEvent[] = [];
let local: LocalPlatform;
let server: RunningServer;
beforeAll(async () => {
  local = new LocalPlatform({
    root: project.root,
    site: (_request, response) => response.writeHead(404).end(),
    options: parseServeOptions([], { PORT: '0' }),
    development: true,
    onError: (error) => {
      throw error;
    },
  });
  server = await listen(local.gateway, '127.0.0.1', 0);
  const url = `${server.origin}${CONTROLS.events}?${LAST_EVENT_ID}=0`;
  const hear = (data: string): number => events.push(JSON.parse(data) as TraceEvent);
  await new Promise<void>((resolve) => void readEvents(url, hear, resolve, listening.signal));
});
afterAll(async () => {
  listening.abort();
  await server.stop(60_000);
  await local.stop();
  project.remove();
});

const post = (url: string): Promise<Response> => fetch(server.origin + url, { method: 'POST' });

/** The tree of a call, once all of it is in the trace. */
async function treeOf(response: Response) {
  const request = response.headers.get(HEADERS.request);
  return vi.waitFor(() => {
    const tree = callTrees(events).find((root) => root.request === request);
    expect(tree?.endedMs).toEqual(expect.any(Number));
    return tree;
  });
}

/** Names of the calls, each with those that it made. */
function shapeOf(call: ReturnType<typeof callTrees>[number] | undefined): unknown {
  return (
    call && {
      [call.url.split(/[/?]/).at(call.url.includes('?') ? -2 : -1) ?? '']: call.calls.map(shapeOf),
    }
  );
}

test('nested, the last one is called 27 times; the trace is one tree, and the model has the same', async () => {
  const response = await post('/api/cart?waitMs=1&tries=3&down=ship');
  expect(response.status).toBe(502);
  expect(await response.json()).toMatchObject({ calls: { price: 3, pay: 9, ship: 27 } });
  const tree = await treeOf(response);
  const hops = ['cart', 'price', 'pay', 'ship'].map((name) => ({
    name,
    waitMs: 1,
    tries: 3,
    isDown: name === 'ship',
  }));
  const model = composedCall({ shape: 'nested', hops });
  expect(model.counts).toMatchObject({ price: 3, pay: 9, ship: 27 });
  expect(shapeOf(tree)).toEqual(shapeOf(callTrees(composedEvents(model))[0]));
});

test('orchestrated, it is called 3 times, and what was done is undone', async () => {
  const response = await post('/api/checkout?waitMs=1&tries=3&down=ship');
  expect(await response.json()).toMatchObject({ end: 'undone', calls: { pay: 1, ship: 3 } });
  const tree = await treeOf(response);
  expect(
    tree?.calls.map(({ method, subject }) => `${method} ${subject.name.replace('/py', '')}`),
  ).toEqual([
    'POST /api/cart',
    'POST /api/price',
    'POST /api/pay',
    'POST /api/ship',
    'POST /api/ship',
    'POST /api/ship',
    'DELETE /api/pay',
    'DELETE /api/cart',
  ]);
});

test('with a deadline that shrinks inwards, fewer', async () => {
  const response = await post('/api/cart?waitMs=1&tries=3&down=ship&backoffMs=100&deadlineMs=400');
  const { calls } = (await response.json()) as { calls: { ship?: number } };
  expect(calls.ship ?? 0).toBeLessThan(27);
});

test('a call that is not granted is told which line grants it', async () => {
  const response = await fetch(`${server.origin}/api/nosy`);
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({
    code: 'not-granted',
    detail:
      '/api/nosy may not call /api/pay. Grant it in api/_platform.json: "grants": { "/api/nosy": ["call:/api/pay"] }',
  });
});

test('an undo that comes before its do stands in the trace before the end of the do', async () => {
  const response = await post('/api/checkout?waitMs=1&pay.waitMs=600&pay.timeoutMs=100');
  expect(await response.json()).toMatchObject({ end: 'undone' });
  await vi.waitFor(async () => {
    const { calls = [] } = (await treeOf(response)) ?? {};
    const [made, undone] = calls.filter(({ subject }) => subject.name === '/api/pay');
    expect(made).toMatchObject({ method: 'POST', code: 'client-closed' });
    expect(undone).toMatchObject({ method: 'DELETE', status: 200 });
    expect(made?.endedMs).toBeGreaterThan(undone?.queuedMs ?? Infinity);
  });
});
