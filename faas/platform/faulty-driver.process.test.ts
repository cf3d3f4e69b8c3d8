import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CONTROLS } from '../api.ts';
import { KeepAlive } from '../core/scaling/keep-alive.ts';
import { countedIds } from '../core/trace/fixtures/events.ts';
import type { TraceEvent } from '../core/trace/trace.ts';
import { describeDriver } from '../drivers/contract.ts';
import { Faults } from './faults.ts';
import { FaultyDriver } from './faulty-driver.ts';
import { bundledFixture } from '../drivers/fixtures/bundled-fixture.ts';
import { fixtureSpec } from '../drivers/fixtures/fixture-spec.ts';
import { threadWorker } from '../drivers/fixtures/thread-worker.ts';
import { Platform } from './platform.ts';
import { ProcessDriver } from '../drivers/process/driver.ts';
import type { ResponseMessage } from '../drivers/protocol.ts';
import { realClock } from './real-clock.ts';
import { WebWorkerDriver } from '../drivers/web-worker/web-worker-driver.ts';

const threads = new WebWorkerDriver({
  codeOf:
    ({ file }) =>
    () =>
      bundledFixture(file),
  createWorker: threadWorker,
  origin: 'http://localhost',
});
const processes = new ProcessDriver({
  root: fileURLToPath(new URL('../drivers/fixtures', import.meta.url)),
});

// A driver to which nothing happens is one like any other.
describeDriver('faulty', async () => ({
  driver: new FaultyDriver(threads, new Faults(realClock)),
  specOf: (name) => fixtureSpec(`api/${name}.ts`),
}));

const PATH = '/api/contract';
describe.each([
  ['processes', processes],
  ['workers', threads],
])('a fault that is asked for, on %s,', (_name, driver) => {
  let platform: Platform;
  let events: TraceEvent[] = [];

  beforeEach(() => {
    events = [];
    platform = new Platform({
      functions: [fixtureSpec('api/contract.ts')],
      driverFor: () => driver,
      policyFor: () => new KeepAlive({ idleTimeoutMs: 60_000 }),
      clock: realClock,
      newId: countedIds(),
      emit: (event) => events.push(event),
      place: 'local',
    });
  });

  afterEach(async () => {
    for (const { id } of platform.instances()) platform.kill(id);
    await platform.stop();
  });

  function call(act = 'count'): Promise<ResponseMessage> {
    return platform.handle({ method: 'GET', url: `${PATH}?act=${act}`, headers: [], body: null });
  }

  async function codeOf(response: ResponseMessage): Promise<unknown> {
    const { code, detail } = (await read(response)) as { code: string; detail: string };
    expect(detail).toMatch(/^A fault that was asked for \/api\/contract /);
    expect(detail).toContain(`DELETE ${CONTROLS.faults}`);
    return code;
  }

  async function read({ body }: ResponseMessage): Promise<unknown> {
    return new Response(body as BodyInit).json();
  }

  function emitted<Type extends TraceEvent['type']>(type: Type) {
    return events.filter(
      (event): event is Extract<TraceEvent, { type: Type }> => event.type === type,
    );
  }

  test('slow-start, is a longer start in the trace and in the answer', async () => {
    platform.faults.set(PATH, [{ is: 'slow-start', ms: 400 }]);
    const response = await call();
    expect(response.status).toBe(200);
    expect(emitted('instance.ready')[0]?.startMs).toBeGreaterThanOrEqual(400);
    const timing = response.headers.find(([name]) => name === 'server-timing')?.[1] ?? '';
    expect(Number(/start;dur=([\d.]+)/.exec(timing)?.[1])).toBeGreaterThanOrEqual(400);
  });

  test('slow-start, ends with an instance that is no longer wanted', async () => {
    platform.faults.set(PATH, [{ is: 'slow-start', ms: 60_000 }]);
    const calling = call();
    await vi.waitFor(() => expect(platform.instances()).toHaveLength(1));
    platform.kill(platform.instances()[0]?.id ?? '');
    expect((await calling).status).toBe(502);
    await vi.waitFor(() => expect(platform.instances()).toEqual([]));
  });

  test('failed-start, costs the call that waited for it, and the next one starts anew', async () => {
    platform.faults.set(PATH, [{ is: 'failed-start' }]);
    expect(await codeOf(await call())).toBe('start-failed');
    expect(emitted('instance.stopped')).toMatchObject([{ reason: 'start-failed', served: 0 }]);
    expect((await call()).status).toBe(200);
  });

  test('kill, costs the call that ran, and its instance is gone for good', async () => {
    await call();
    platform.faults.set(PATH, [{ is: 'kill', afterMs: 50 }]);
    expect(await codeOf(await call('wait'))).toBe('instance-died');
    expect(emitted('instance.stopped')).toMatchObject([{ reason: 'killed', served: 2 }]);
    expect(await read(await call())).toBe(1);
  });

  test('kill, without a time, leaves no handler the time to answer', async () => {
    for (let round = 0; round < 5; round++) {
      expect((await call()).status).toBe(200);
      platform.faults.set(PATH, [{ is: 'kill' }]);
      expect(await codeOf(await call())).toBe('instance-died');
    }
  });

  test('lost-answer, loses what the handler did not, and the instance lives on', async () => {
    await call();
    platform.faults.set(PATH, [{ is: 'lost-answer' }]);
    expect(await codeOf(await call())).toBe('answer-lost');
    expect(emitted('request.failed')).toMatchObject([{ code: 'answer-lost' }]);
    // The lost call counted as well, so the counter is at two.
    expect(await read(await call())).toBe(3);
  });

  test('slow-answer, holds the instance until the answer is there', async () => {
    await call();
    platform.faults.set(PATH, [{ is: 'slow-answer', ms: 300 }]);
    expect(await read(await call())).toBe(2);
    const [, started] = emitted('request.started');
    const [, done] = emitted('request.done');
    expect((done?.at ?? 0) - (started?.at ?? 0)).toBeGreaterThanOrEqual(300);
  });

  test('slow-answer, is no excuse for being over the time limit', async () => {
    platform.update([fixtureSpec('api/contract.ts', { maxDurationS: 1 })]);
    platform.faults.set(PATH, [{ is: 'slow-answer', ms: 30_000 }]);
    const response = await call();
    expect(await read(response)).toMatchObject({ code: 'timed-out', status: 504 });
    await vi.waitFor(() => {
      expect(emitted('instance.stopped')).toMatchObject([{ reason: 'timed-out' }]);
    });
  });

  test('few-connections, fails the call that finds none left, and only that', async () => {
    platform.faults.set(PATH, [{ is: 'few-connections', most: 1, forMs: 600_000 }]);
    const first = call('wait');
    await vi.waitFor(() => expect(emitted('request.started')).toHaveLength(1));
    const second = await call();
    expect(second.status).toBe(503);
    expect(second.headers).toContainEqual(['retry-after', '1']);
    expect(await codeOf(second)).toBe('no-connection');
    platform.kill(emitted('request.started')[0]?.instance ?? '');
    expect((await first).status).toBe(502);
    // Its connection went with it, and the instance that found none lives on.
    expect((await call()).status).toBe(200);
    expect(emitted('instance.stopped')).toHaveLength(1);
  });

  test('few-connections, none at all, happens as often as it was asked for', async () => {
    platform.faults.set(PATH, [{ is: 'few-connections', most: 0, times: 2 }]);
    expect([await call(), await call(), await call()].map(({ status }) => status)).toEqual([
      503, 503, 200,
    ]);
  });

  test('throttle, turns a call away before any instance sees it', async () => {
    platform.faults.set(PATH, [{ is: 'throttle', times: 2 }]);
    const response = await call();
    expect(response.status).toBe(429);
    expect(response.headers).toContainEqual(['retry-after', '1']);
    expect(await codeOf(response)).toBe('throttled');
    expect((await call()).status).toBe(429);
    expect(events.map(({ type }) => type)).toEqual([
      'request.queued',
      'request.failed',
      'request.queued',
      'request.failed',
    ]);
    expect((await call()).status).toBe(200);
  });
});
