/** Laws that hold whatever happens, checked against random lives of a pool. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KeepAlive } from '../scaling/keep-alive.ts';
import type { ScalingPolicy } from '../scaling/policy.ts';
import { PoolStage, type Part } from './fixtures/pool-stage.ts';
import type { PoolRequest } from './lives.ts';
import type { TraceEvent } from '../trace/trace.ts';

interface Call {
  readonly atMs: number;
  readonly takesMs: number;
  readonly fate: Part['fate'];
  /** When the caller leaves, after its call; null if it stays. */
  readonly leavesAfterMs: number | null;
}

interface Life {
  readonly calls: readonly Call[];
  readonly policy: ScalingPolicy;
  readonly retireAtMs: number;
  readonly killAtMs: number;
  /** When an instance that runs something is lost, and has begun only every other call. */
  readonly lossAtMs: number;
  readonly failingStarts: readonly number[];
  readonly leaveMs: number;
}

const TIME_LIMIT_MS = 300;
const END_MS = 100_000;

const call: fc.Arbitrary<Call> = fc.record({
  atMs: fc.integer({ min: 0, max: 2000 }),
  takesMs: fc.integer({ min: 1, max: 400 }),
  fate: fc.constantFrom('answer', 'answer', 'answer', 'answer', 'throw', 'crash', 'hang'),
  leavesAfterMs: fc.option(fc.integer({ min: 1, max: 300 }), { freq: 8 }),
});

const keepAlive: fc.Arbitrary<ScalingPolicy> = fc
  .record({
    idleTimeoutMs: fc.constantFrom(0, 50, 500, Infinity),
    maxInstances: fc.integer({ min: 1, max: 6 }),
    provisionedConcurrency: fc.constantFrom(0, 0, 1),
    maxQueued: fc.constantFrom(0, 3, 1000),
    maxQueueMs: fc.constantFrom(100, 1000),
  })
  .map((options) => new KeepAlive(options));

/** The same, but several requests on each instance. */
const packed: fc.Arbitrary<ScalingPolicy> = fc
  .tuple(keepAlive, fc.integer({ min: 2, max: 4 }))
  .map(([policy, concurrency]) => ({
    ...policy,
    concurrency,
    place: (view) => (view.openInstances > 0 ? 'open' : policy.place(view)),
  }));

const life: fc.Arbitrary<Life> = fc.record({
  calls: fc.array(call, { minLength: 1, maxLength: 40 }),
  policy: fc.oneof(keepAlive, packed),
  retireAtMs: fc.integer({ min: 0, max: 3000 }),
  killAtMs: fc.integer({ min: 0, max: 3000 }),
  lossAtMs: fc.integer({ min: 0, max: 2500 }),
  failingStarts: fc.array(fc.integer({ min: 1, max: 10 }), { maxLength: 3 }),
  leaveMs: fc.constantFrom(0, 20),
});

interface Lived {
  readonly events: readonly TraceEvent[];
  readonly requests: readonly PoolRequest<Part>[];
  readonly stage: PoolStage;
}

/** Lives it to the end. `look` sees the pool after every event of the clock. */
function live(script: Life, look: (stage: PoolStage) => void = () => undefined): Lived {
  const stage = new PoolStage({
    policy: script.policy,
    timeLimitMs: TIME_LIMIT_MS,
    leaveMs: script.leaveMs,
    startFails: (nth) => script.failingStarts.includes(nth),
  });
  const requests: PoolRequest<Part>[] = [];
  for (const { atMs, takesMs, fate, leavesAfterMs } of script.calls) {
    stage.at(atMs, () => {
      const request = stage.call(takesMs, fate);
      requests.push(request);
      if (leavesAfterMs !== null) {
        stage.clock.after(leavesAfterMs, () => stage.pool.abandon(request));
      }
    });
  }
  stage.at(script.retireAtMs, () => stage.pool.retire('replaced'));
  stage.at(script.killAtMs, () => {
    const [oldest] = stage.pool.instances;
    if (oldest !== undefined) stage.pool.kill(oldest, 'killed');
  });
  stage.at(script.lossAtMs, () => {
    const lost = [...stage.pool.instances].find(({ running }) => running.length > 0);
    if (lost === undefined) return;
    const unbegun = new Set(lost.running.filter((_, nth) => nth % 2 === 0));
    stage.pool.died(lost, 'crashed', unbegun);
  });
  stage.at(END_MS - 1000, () => stage.pool.drain());
  while (stage.clock.next <= END_MS && stage.clock.step()) look(stage);
  return { events: stage.events, requests, stage };
}

function eventsOf<T extends TraceEvent['type']>(
  { events }: Lived,
  type: T,
): Extract<TraceEvent, { type: T }>[] {
  return events.filter((event): event is Extract<TraceEvent, { type: T }> => event.type === type);
}

describe('whatever happens', () => {
  test('each request ends exactly once, and after a drain nobody and nothing is left', () => {
    fc.assert(
      fc.property(life, (script) => {
        const lived = live(script);
        const ended = [...eventsOf(lived, 'request.done'), ...eventsOf(lived, 'request.failed')];
        const asked = eventsOf(lived, 'request.queued').map(({ request }) => request);
        expect(ended.map(({ request }) => request).sort()).toEqual(asked.sort());
        expect(lived.requests.every(({ stage }) => stage === 'ended')).toBe(true);
        expect(lived.stage.pool.instances.size).toBe(0);
        expect(lived.stage.isDrained).toBe(true);
      }),
    );
  });

  test('there are never more instances than allowed, nor requests on one, nor in the queue', () => {
    fc.assert(
      fc.property(life, (script) => {
        const { maxInstances, concurrency, maxQueued } = script.policy;
        live(script, ({ pool }) => {
          const { startingInstances, readyInstances, waitingRequests } = pool.view;
          expect(startingInstances + readyInstances).toBeLessThanOrEqual(maxInstances);
          // Those who lost the instance they waited for, or were to run on, go back in line without
          // being refused.
          const back = maxInstances * concurrency;
          expect(waitingRequests).toBeLessThanOrEqual(maxQueued + back);
          for (const { running } of pool.instances) {
            expect(running.length).toBeLessThanOrEqual(concurrency);
          }
        });
      }),
    );
  });

  test('the numbers a policy is shown are those that are there', () => {
    fc.assert(
      fc.property(life, (script) => {
        live(script, ({ pool }) => {
          const all = [...pool.instances];
          const ready = all.filter(({ state }) => state.is === 'ready');
          const busy = ready.filter(({ running }) => running.length > 0);
          expect(pool.view.readyInstances).toBe(ready.length);
          expect(pool.view.idleInstances).toBe(ready.length - busy.length);
          expect(pool.view.openInstances).toBe(
            busy.filter(({ running }) => running.length < script.policy.concurrency).length,
          );
          const starting = all.filter(({ condition }) => condition === 'starting');
          expect(pool.view.startingInstances).toBe(starting.length);
          expect(pool.view.boundRequests).toBe(
            starting.filter(({ state }) => state.is === 'starting' && state.bound !== null).length,
          );
          expect(pool.view.runningRequests).toBe(
            all.reduce((sum, { running }) => sum + running.length, 0),
          );
        });
      }),
    );
  });

  test('nobody waits while an instance has room', () => {
    fc.assert(
      fc.property(life, (script) => {
        live(script, ({ pool: { view } }) => {
          if (view.waitingRequests > 0) expect(view.idleInstances + view.openInstances).toBe(0);
        });
      }),
    );
  });

  test('an instance that is reaped was idle for the whole keep-alive', () => {
    fc.assert(
      fc.property(life, (script) => {
        const lived = live({ ...script, leaveMs: 0 });
        const reaped = eventsOf(lived, 'instance.stopped').filter(
          ({ reason }) => reason === 'idle',
        );
        for (const { instance, at } of reaped) {
          const last = lived.events.findLast(
            (event) =>
              event.type !== 'instance.stopped' &&
              'instance' in event &&
              event.instance === instance,
          );
          expect(last?.type).not.toBe('request.started');
          expect(at - (last?.at ?? NaN)).toBeCloseTo(script.policy.idleTimeoutMs, 2);
        }
      }),
    );
  });

  test('a request is cold exactly when it started the instance that runs it', () => {
    fc.assert(
      fc.property(life, (script) => {
        const lived = live(script);
        const starters = new Map(
          eventsOf(lived, 'instance.starting').map(({ instance, request }) => [instance, request]),
        );
        for (const { request, instance, cold } of eventsOf(lived, 'request.started')) {
          expect(cold).toBe(starters.get(instance) === request);
        }
      }),
    );
  });

  test('the queue is first come, first served', () => {
    fc.assert(
      fc.property(life, (script) => {
        // Retiring and losing put requests back at the head of the line: left out of this law.
        const late = END_MS - 500;
        const lived = live({ ...script, retireAtMs: late, lossAtMs: late, failingStarts: [] });
        const order = new Map(
          eventsOf(lived, 'request.queued').map(({ request }, index) => [request, index]),
        );
        const waited = eventsOf(lived, 'request.started').filter(
          ({ cold, queueMs }) => !cold && queueMs > 0,
        );
        const places = waited.map(({ request }) => order.get(request) ?? NaN);
        expect(places).toEqual([...places].sort((a, b) => a - b));
      }),
    );
  });

  test('nobody waits in the queue for longer than allowed, and who is refused has waited so long', () => {
    fc.assert(
      fc.property(life, (script) => {
        const lived = live({ ...script, retireAtMs: END_MS - 500, lossAtMs: END_MS - 500 });
        const { maxQueueMs } = script.policy;
        for (const { cold, queueMs } of eventsOf(lived, 'request.started')) {
          if (!cold) expect(queueMs).toBeLessThanOrEqual(maxQueueMs);
        }
        const cameAt = new Map(
          eventsOf(lived, 'request.queued').map(({ request, at }) => [request, at]),
        );
        for (const { request, code, at } of eventsOf(lived, 'request.failed')) {
          const waitedMs = at - (cameAt.get(request) ?? NaN);
          if (code === 'no-capacity') expect(waitedMs).toBeCloseTo(maxQueueMs, 2);
        }
      }),
    );
  });

  test('no invocation runs beyond its time limit, and no waiting is negative', () => {
    fc.assert(
      fc.property(life, (script) => {
        const lived = live(script);
        for (const event of lived.events) {
          if (event.type === 'request.started') expect(event.queueMs).toBeGreaterThanOrEqual(0);
          if (event.type === 'request.done') {
            expect(event.handlerMs).toBeLessThanOrEqual(TIME_LIMIT_MS + 0.01);
          }
        }
      }),
    );
  });
});
