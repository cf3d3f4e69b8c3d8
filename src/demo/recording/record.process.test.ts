import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { LocalPlatform } from '#faas/local/local-platform.ts';
import { parseServeOptions } from '#faas/local/serve-options.ts';
import { listen, type RunningServer } from '#faas/gateway/server.ts';
import type { CallPlan } from '#src/demo/places/call-plan.ts';
import { record, type Recording } from './record.ts';

// What is recorded is looked at here, and not its times: nothing is made again for the sake of those,
// unless a test says that the machine is busy.
const machine = vi.hoisted(() => ({ isCalm: true }));
vi.mock('./calm.ts', () => ({
  isCalm: async () => machine.isCalm,
  untilCalm: async () => machine.isCalm,
}));

const COUNTER = `let count = 0;
export default { fetch() { count += 1; return Response.json({ count }); } };
`;

let root: string;
let platform: LocalPlatform;
let server: RunningServer;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'recorded-'));
  mkdirSync(join(root, 'api'));
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  writeFileSync(join(root, 'api/counter.ts'), COUNTER);
  platform = new LocalPlatform({
    root,
    site: (_request, response) => response.writeHead(404).end(),
    options: parseServeOptions([], { FAAS_IDLE_TIMEOUT_MS: '1500' }),
    development: false,
    onError: (error) => {
      throw error;
    },
  });
  server = await listen(platform.gateway, '127.0.0.1', 0);
});

afterAll(async () => {
  await server.stop(1_000);
  await platform.stop();
  rmSync(root, { recursive: true });
});

function recorded(
  change: Partial<CallPlan>,
  length: 'whole' | 'quick' = 'whole',
): Promise<Recording> {
  const path = '/api/counter';
  const call = { function: path, method: 'GET', url: path, headers: [], body: null };
  const plan: CallPlan = { call, calls: 1, mode: 'sequence', wait: null, ...change };
  return record(plan, { origin: server.origin, length });
}

const counts = ({ runs }: Recording): unknown[] =>
  runs.map(({ body }) => (JSON.parse(body) as { count: number }).count);

const instances = ({ runs }: Recording): unknown[] => runs.map(({ instance }) => instance);

test('recordings of one function do not meet: each begins with no instance', async () => {
  const [sequence, again] = await Promise.all([recorded({ calls: 4 }), recorded({ calls: 2 })]);
  for (const recording of [sequence, again]) expect(counts(recording)[0]).toBe(1);
  const shared = instances(sequence).filter((id) => instances(again).includes(id));
  expect(shared).toEqual([]);
});

test('a recording has all that a receipt and its lanes show, to the end of the last instance', async () => {
  const recording = await recorded({ calls: 2 });
  const [first, second] = recording.runs;
  expect(first).toMatchObject({ status: 200, cold: true, served: 1, place: 'local' });
  expect(second).toMatchObject({ cold: false, served: 2, instance: first?.instance });
  expect(first?.split.start).toBeGreaterThan(0);
  const own = recording.events.filter(({ at }) => at >= recording.since);
  expect(own.filter(({ type }) => type !== 'log').map(({ type }) => type)).toEqual([
    'request.queued',
    'instance.starting',
    'instance.ready',
    'request.started',
    'request.done',
    'request.queued',
    'request.started',
    'request.done',
    'instance.stopped',
  ]);
});

test('a burst is one', async () => {
  const recording = await recorded({ calls: 3, mode: 'burst' });
  expect(recording.runs).toHaveLength(3);
  expect(new Set(recording.runs.map(({ instance }) => instance)).size).toBeGreaterThan(1);
});

test('a demo that waits for the last instance to leave shows how it left', async () => {
  await recorded({});
  const { since, events } = await recorded({ wait: 'reaped' });
  const shown = events.filter(({ at }) => at >= since);
  expect(shown[0]?.type).toBe('instance.stopped');
  expect(shown.at(-1)?.type).toBe('instance.stopped');
});

test('where no gateway answers, that is said', async () => {
  const origin = 'http://127.0.0.1:9';
  const call = { function: '/api/a', method: 'GET', url: '/api/a', headers: [], body: null };
  const plan: CallPlan = { call, calls: 1, mode: 'sequence', wait: null };
  await expect(record(plan, { origin, length: 'quick' })).rejects.toThrow(
    'Expected a gateway at http://127.0.0.1:9, and none answers there.',
  );
});

// The last: once a machine has stayed busy, later recordings do not wait for it.
test('one that only a busy machine could make says so, to the build and to the page', async () => {
  const warn = vi.spyOn(process, 'emitWarning').mockReturnValue();
  machine.isCalm = false;
  const { calm } = await recorded({}, 'quick');
  expect(calm).toBe(false);
  expect(warn).toHaveBeenCalledExactlyOnceWith(
    expect.stringMatching(/^\/api\/counter was recorded while this machine was busy.*Build again/),
    'BusyMachine',
  );
  warn.mockRestore();
});
