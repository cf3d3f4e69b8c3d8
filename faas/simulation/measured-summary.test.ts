import { expect, test } from 'vitest';
import type { PolicyChoice } from '../core/scaling/policies.ts';
import { ofCall, ofFunction } from '../core/trace/fixtures/events.ts';
import type { TraceEvent } from '../core/trace/trace.ts';
import { measuredSummary } from './measured-summary.ts';
import { simulate, type Scenario } from './scenario.ts';

const scenario = (policy: PolicyChoice): Scenario => ({
  policy,
  workload: { is: 'poisson', perSecond: 5, durationS: 300 },
  timings: {
    start: { is: 'uniform', fromMs: 20, toMs: 40 },
    init: { is: 'exponential', meanMs: 10 },
    handler: { is: 'exponential', meanMs: 200 },
  },
});

test.for<PolicyChoice>([
  { name: 'keep-alive', idleTimeoutMs: 300 },
  { name: 'keep-alive', idleTimeoutMs: 300, maxInstances: 1 },
  { name: 'concurrent', concurrency: 3, idleTimeoutMs: 300, minInstances: 1 },
  { name: 'fixed', servers: 1, maxQueueMs: 500 },
])('the trace of a simulation tells what its summary tells: %j', (policy) => {
  const events: TraceEvent[] = [];
  const { requests, instances, latencyMs } = simulate(scenario(policy), (event) => {
    events.push(event);
  });
  const told = measuredSummary(events, 0);
  const { submitted, answered, cold, coldShare } = requests;
  expect(told.requests).toEqual({ submitted, answered, cold, coldShare });
  expect(told.instances.started).toBe(instances.started);
  expect(told.instances.most).toBe(instances.most);
  for (const state of ['total', 'starting', 'running', 'idle'] as const) {
    expect(told.instances.average[state]).toBeCloseTo(instances.average[state], 9);
  }
  for (const part of ['total', 'queue', 'start', 'init', 'handler'] as const) {
    expect(told.latencyMs[part].count).toBe(latencyMs[part].count);
    for (const value of ['mean', 'p50', 'p99', 'max'] as const) {
      const expected = latencyMs[part][value];
      if (expected === null) expect(told.latencyMs[part][value]).toBeNull();
      else expect(told.latencyMs[part][value]).toBeCloseTo(expected, 6);
    }
  }
});

test('a run without a request has nothing to tell', () => {
  expect(measuredSummary([], 5)).toMatchObject({
    requests: { submitted: 0, answered: 0, cold: 0, coldShare: 0 },
    instances: { started: 0, most: 0, average: { total: 0 } },
    latencyMs: { total: { count: 0, mean: null } },
  });
});

test('events after the last answer are not counted', () => {
  const of = ofFunction('/api/x');
  const call = ofCall('/api/x', 'r');
  const events: TraceEvent[] = [
    { ...of, type: 'instance.starting', at: 100, instance: 'i', request: null },
    { ...of, type: 'instance.ready', at: 110, instance: 'i', startMs: 8, initMs: 2, pid: null },
    { ...call, type: 'request.queued', at: 120, method: 'GET', url: '/api/x' },
    {
      ...call,
      type: 'request.started',
      at: 120,
      instance: 'i',
      cold: false,
      queueMs: 0,
      served: 1,
    },
    {
      ...call,
      type: 'request.done',
      at: 140,
      instance: 'i',
      status: 200,
      handlerMs: 19,
      cpuMs: null,
      memoryMb: null,
    },
    { ...of, type: 'instance.stopped', at: 1000, instance: 'i', reason: 'shutdown', served: 1 },
  ];
  expect(measuredSummary(events, 90)).toMatchObject({
    requests: { submitted: 1, answered: 1, cold: 0 },
    instances: { most: 1, average: { total: 0.8, starting: 0.2, running: 0.4, idle: 0.2 } },
    latencyMs: { total: { mean: 20 }, handler: { mean: 19 }, start: { count: 0 } },
  });
});
