import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Concurrent } from '../core/scaling/concurrent.ts';
import { Fixed } from '../core/scaling/fixed.ts';
import { KeepAlive } from '../core/scaling/keep-alive.ts';
import { Kpa } from '../core/scaling/kpa-policy.ts';
import type { ScalingPolicy } from '../core/scaling/policy.ts';
import { Timeline } from '../core/trace/timeline.ts';
import type { TraceEvent } from '../core/trace/trace.ts';
import { Metering } from './fixtures/metering.ts';
import { Simulation, type SimulationOptions } from './simulation.ts';
import { SummaryObserver, type Summary } from './simulation-summary.ts';

const MEMORY_MB = 128;

function simulated(options: SimulationOptions): Summary {
  const observer = new SummaryObserver(MEMORY_MB);
  const simulation = new Simulation({ ...options, observer });
  simulation.advance();
  return observer.summary(simulation);
}

function traced(options: SimulationOptions): TraceEvent[] {
  const events: TraceEvent[] = [];
  new Simulation({ ...options, emit: (event) => events.push(event) }).advance();
  return events;
}

/** Probability that an arrival waits, by Erlang's C formula, for an offered load of `a`. */
function erlangC(servers: number, a: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < servers; k++) {
    term *= a / k;
    sum += term;
  }
  const last = ((term * a) / servers) * (servers / (servers - a));
  return last / (sum + last);
}

test('each simulated call is a trace of its own, with the same ids for the same seed', () => {
  const options = (seed: number): SimulationOptions => ({
    policy: new KeepAlive(),
    workload: { is: 'poisson', perSecond: 50, durationS: 2 },
    timings: { handler: { is: 'constant', ms: 10 } },
    seed,
  });
  const spans = (seed: number): string[] =>
    traced(options(seed)).flatMap((event) =>
      event.type === 'request.queued' ? `${event.trace} ${event.span} ${event.parent}` : [],
    );
  const all = spans(7);
  expect(all.length).toBeGreaterThan(50);
  expect(new Set(all).size).toBe(all.length);
  for (const span of all) expect(span).toMatch(/^[0-9a-f]{32} [0-9a-f]{16} null$/);
  expect(spans(7)).toEqual(all);
  expect(spans(8)).not.toEqual(all);
});

describe('against theory', () => {
  test.each([
    { servers: 1, perSecond: 0.7, meanMs: 1000 },
    { servers: 4, perSecond: 30, meanMs: 100 },
    { servers: 20, perSecond: 180, meanMs: 100 },
  ])('$servers servers wait as Erlang said', ({ servers, perSecond, meanMs }) => {
    const load = (perSecond * meanMs) / 1000;
    const waits = erlangC(servers, load);
    const meanWaitMs = (waits * meanMs) / (servers - load);
    const requests = 150_000;
    const { latencyMs, instances } = simulated({
      policy: new Fixed({ servers, maxQueued: Infinity, maxQueueMs: Infinity }),
      workload: { is: 'poisson', perSecond, durationS: requests / perSecond },
      timings: { handler: { is: 'exponential', meanMs } },
      seed: 11,
    });
    expect(Math.abs((latencyMs.queue.mean ?? NaN) / meanWaitMs - 1)).toBeLessThan(0.05);
    expect(Math.abs(instances.average.running / load - 1)).toBeLessThan(0.01);
    expect(latencyMs.queue.p50 === 0).toBe(waits < 0.5);
  });
});

const policies: fc.Arbitrary<() => ScalingPolicy> = fc.constantFrom(
  () => new KeepAlive({ maxInstances: 3, idleTimeoutMs: 500 }),
  () => new KeepAlive({ maxInstances: 2, maxQueued: 2, provisionedConcurrency: 1 }),
  () => new Concurrent({ concurrency: 3, maxInstances: 2, idleTimeoutMs: 300 }),
  () => new Fixed({ servers: 2, maxQueueMs: 100 }),
  () => new Kpa({ containerConcurrency: 2, maxScale: 3 }),
);

const scenario = fc.record({
  makePolicy: policies,
  perSecond: fc.integer({ min: 1, max: 60 }),
  meanMs: fc.integer({ min: 1, max: 200 }),
  startMs: fc.constantFrom(0, 40),
  seed: fc.integer(),
});

function optionsOf({
  makePolicy,
  perSecond,
  meanMs,
  startMs,
  seed,
}: typeof scenario extends fc.Arbitrary<infer T> ? T : never): SimulationOptions {
  return {
    policy: makePolicy(),
    workload: { is: 'poisson', perSecond, durationS: 5 },
    timings: {
      start: { is: 'constant', ms: startMs },
      handler: { is: 'exponential', meanMs },
    },
    timeLimitMs: 500,
    seed,
  };
}

describe('whatever the scenario', () => {
  test('the same seed tells the same trace', () => {
    fc.assert(
      fc.property(scenario, (any) => {
        expect(traced(optionsOf(any))).toEqual(traced(optionsOf(any)));
      }),
      { numRuns: 30 },
    );
  });

  test('every request that came was answered or failed', () => {
    fc.assert(
      fc.property(scenario, (any) => {
        const { requests } = simulated(optionsOf(any));
        const failed = Object.values(requests.failed).reduce((sum, n) => sum + n, 0);
        expect(requests.answered + failed).toBe(requests.submitted);
      }),
    );
  });

  test('listening to the trace changes nothing, and it tells the same numbers', () => {
    fc.assert(
      fc.property(scenario, (any) => {
        const summary = simulated(optionsOf(any));
        const metering = new Metering(() => MEMORY_MB);
        const events = traced(optionsOf(any));
        for (const event of events) metering.add(event);
        const nowMs = summary.simulatedS * 1000;
        const usage = metering.usage('/api/simulated', nowMs);
        for (const [field, value] of Object.entries(summary.usage)) {
          expect(usage[field as keyof typeof usage], field).toBeCloseTo(value, 3);
        }
        const view = new Timeline(events).at(nowMs);
        expect(view.lanes.length).toBe(summary.instances.started);
        const cold = view.requests.filter((request) => request.cold && request.startedMs !== null);
        expect(cold.length).toBe(summary.requests.cold);
      }),
    );
  });

  test('requests in the system are arrival rate times time in it (Little), when none fails', () => {
    fc.assert(
      fc.property(scenario, (any) => {
        const makePolicy = (): ScalingPolicy =>
          new KeepAlive({ maxInstances: 4, maxQueueMs: 1e9, maxQueued: 1e9 });
        const summary = simulated({ ...optionsOf({ ...any, makePolicy }), timeLimitMs: Infinity });
        const { queue, handler, start } = summary.latencyMs;
        const busyMs = (handler.mean ?? 0) * handler.count;
        const T = summary.simulatedS * 1000;
        expect(summary.instances.average.running * T).toBeCloseTo(busyMs, 3);
        expect(summary.instances.average.starting * T).toBeCloseTo(
          (start.mean ?? 0) * start.count,
          3,
        );
        const total = (summary.latencyMs.total.mean ?? 0) * summary.requests.answered;
        const parts = busyMs + (queue.mean ?? 0) * queue.count + (start.mean ?? 0) * start.count;
        expect(total).toBeCloseTo(parts, 3);
      }),
    );
  });

  test('billed time is at least used time, and nothing is negative', () => {
    fc.assert(
      fc.property(scenario, (any) => {
        const { usage, instances } = simulated(optionsOf(any));
        expect(usage.billed1Ms).toBeGreaterThanOrEqual(usage.handlerMs + usage.coldMs - 1e-3);
        expect(usage.active100Ms).toBeGreaterThanOrEqual(usage.activeMs - 1e-3);
        expect(usage.instanceMs).toBeGreaterThanOrEqual(usage.activeMs - 1e-3);
        for (const value of Object.values(instances.average)) {
          expect(value).toBeGreaterThanOrEqual(-1e-9);
        }
      }),
    );
  });
});
