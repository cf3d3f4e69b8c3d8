import { expect, test } from 'vitest';
import type { TraceEvent } from '../core/trace/trace.ts';
import { KeepAlive } from '../core/scaling/keep-alive.ts';
import { measuredTimings } from './measured-timings.ts';
import { simulate } from './scenario.ts';
import { Simulation } from './simulation.ts';

function traceOf(durationS: number): TraceEvent[] {
  const events: TraceEvent[] = [];
  new Simulation({
    policy: new KeepAlive({ idleTimeoutMs: 500 }),
    workload: { is: 'poisson', perSecond: 3, durationS },
    timings: {
      start: { is: 'uniform', fromMs: 20, toMs: 40 },
      init: { is: 'constant', ms: 10 },
      handler: { is: 'exponential', meanMs: 50 },
      coldHandler: { is: 'exponential', meanMs: 150 },
    },
    emit: (event) => events.push(event),
  }).advance();
  return events;
}

test('a simulation with the times that were measured tells what was measured', () => {
  const { requests, latencyMs } = simulate({
    policy: { name: 'keep-alive', idleTimeoutMs: 500 },
    workload: { is: 'poisson', perSecond: 3, durationS: 6_000 },
    timings: measuredTimings(traceOf(4_000)),
    seed: 2,
  });
  expect(requests.coldShare).toBeGreaterThan(0.2);
  expect(Math.abs((latencyMs.start.mean ?? NaN) / 30 - 1)).toBeLessThan(0.02);
  expect(latencyMs.init.mean).toBeCloseTo(10, 6);
  const handlerMs = 50 + requests.coldShare * 100;
  expect(Math.abs((latencyMs.handler.mean ?? NaN) / handlerMs - 1)).toBeLessThan(0.03);
});

test('a request takes as long as it holds its place, also where its handler took less', () => {
  const slow = traceOf(10).map((event) =>
    event.type === 'request.done' ? { ...event, handlerMs: 0 } : event,
  );
  expect(measuredTimings(slow)).toEqual(measuredTimings(traceOf(10)));
});

test('of a request whose beginning the trace has not seen, its handler tells', () => {
  const seen = traceOf(10).filter(({ type }) => type === 'request.done');
  const { handler } = measuredTimings(seen);
  expect(handler).toEqual({
    is: 'measured',
    samplesMs: seen.map((event) =>
      expect.closeTo(event.type === 'request.done' ? event.handlerMs : NaN, 6),
    ),
  });
});

test('with cold calls only, what they took stands for all', () => {
  const events = traceOf(1).filter((event) => 'request' in event && event.request === 'request-1');
  expect(measuredTimings(events).coldHandler).toBeUndefined();
  expect(measuredTimings(events).handler).toMatchObject({ is: 'measured' });
});

test('a trace without an answer is nothing to go by', () => {
  expect(() => measuredTimings([])).toThrow(/expected a trace in which requests were answered/);
});
