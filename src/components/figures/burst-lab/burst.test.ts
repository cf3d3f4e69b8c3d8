import { describe, expect, test } from 'vitest';
import { makePolicy } from '#faas/core/scaling/policies.ts';
import { readPolicy } from '#faas/core/scaling/policy-choice.ts';
import type { TraceEvent } from '#faas/core/trace/trace.ts';
import { simulate } from '#faas/simulation/scenario.ts';
import { burstTable } from './table.ts';
import { drawBurst } from './draw.ts';
import { compareWithModel, livingAt, meanGap, burstWorkload } from './model.ts';
import {
  burstOf,
  FIRST_BURST,
  burstPlan,
  SLOW_GUESSES,
  slowOnes,
  wayOf,
  SCALING_WAYS,
  type BurstSetup,
} from './setup.ts';
import { frameOfBurst } from './frame.ts';
import { drawSortedCalls, percentile } from './sorted-calls.ts';

const burst: BurstSetup = { calls: 5, everyMs: 50, workMs: 120 };
const policy = { name: 'keep-alive' } as const;

/** A burst as a platform would tell it whose starts take 30 ms and whose clock began at `from`. */
function traceOf(asked: BurstSetup, from = 1_700_000_000_000): TraceEvent[] {
  const events: TraceEvent[] = [];
  simulate(
    {
      policy,
      workload: burstWorkload(asked),
      timings: {
        start: { is: 'constant', ms: 30 },
        handler: { is: 'constant', ms: asked.workMs },
      },
    },
    (event) => events.push({ ...event, at: event.at + from }),
  );
  return events;
}

describe('a burst beside its model', () => {
  test('is the same where everything takes as long as it took', () => {
    const compared = compareWithModel(traceOf(burst), burst, policy);
    expect(compared.apart).toBeCloseTo(0, 6);
    expect(compared.modelled.instances.started).toBe(compared.measured.instances.started);
    expect(compared.differences.every(({ error }) => Math.abs(error) < 0.01)).toBe(true);
    expect(compared.lastsMs).toBeGreaterThan(4 * 50 + 120 - 1);
  });

  test('is told where it is not: here the model knows another policy', () => {
    const one = { name: 'fixed', servers: 1 } as const;
    const compared = compareWithModel(traceOf(burst), burst, one);
    expect(compared.modelled.instances.started).toBe(1);
    expect(compared.apart).toBeGreaterThan(0.5);
  });

  test('all at one moment is a burst too', () => {
    const atOnce = { ...burst, everyMs: 0 };
    const { measured, modelled } = compareWithModel(traceOf(atOnce), atOnce, policy);
    expect(measured.instances.started).toBe(5);
    expect(modelled.instances.started).toBe(5);
  });

  test('of which no call was answered has no model', () => {
    const queued = traceOf(burst).slice(0, 1);
    expect(() => compareWithModel(queued, burst, policy)).toThrow('requests were answered');
  });
});

test('the gap of two lines is the area between them over their length', () => {
  const a = [
    { atMs: 0, living: 1 },
    { atMs: 50, living: 3 },
  ];
  expect(meanGap(a, [{ atMs: 0, living: 1 }], 100)).toBe(1);
  expect(meanGap(a, a, 100)).toBe(0);
  expect(meanGap(a, [], 0)).toBe(0);
  expect(livingAt(a, 49)).toBe(1);
  expect(livingAt([], 0)).toBe(0);
});

test('what came before the burst is not its own', () => {
  const before = traceOf(burst, 1000);
  const own = traceOf(burst, 100_000);
  const shown = frameOfBurst([...before, ...own], 99_000, burst, policy, {
    instances: 9,
    slow: SLOW_GUESSES.all,
  });
  expect(shown.error).toBe('The model’s error: 0 instances, on average over the burst.');
  expect(shown.html.table).toContain('<td>9</td>');
  expect(shown.html.table).toContain('<td>all of them</td>');
});

test('the picture is told in a sentence and has both lines', () => {
  const drawn = String(drawBurst(compareWithModel(traceOf(burst), burst, policy)));
  expect(drawn).toMatch(/aria-label="Measured, \d instances?; in the model, \d instances?\. Over/);
  expect(drawn).toContain('class="measured"');
  expect(drawn).toContain('class="modelled"');
});

test('ten calls are sorted, and the slowest but one is the p90', () => {
  const { took } = compareWithModel(traceOf(FIRST_BURST), FIRST_BURST, policy);
  expect(took.measured).toHaveLength(10);
  const times = took.measured.map(({ ms }) => ms);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(percentile(took.measured, 0.9)).toBe(times[8]);
  expect(percentile(took.measured, 0.5)).toBe(times[4]);
  expect(percentile([], 0.5)).toBeNull();
  const drawn = String(drawSortedCalls(took.measured));
  expect(drawn).toMatch(/aria-label="10 calls, sorted: the quickest took .*Cold: \d\."/);
  expect(drawn).toContain('>p90 ');
});

test('without a prediction its place says so', () => {
  const compared = compareWithModel(traceOf(burst), burst, policy);
  const table = String(burstTable(compared, burst, { instances: null, slow: null }));
  expect(table).toContain('<th scope="row">Instances</th><td>—</td>');
});

test('a call that waits is slow, also where none is cold', () => {
  const knative = { name: 'kpa', containerConcurrency: 1, initialScale: 0 } as const;
  const events: TraceEvent[] = [];
  simulate(
    {
      policy: knative,
      workload: burstWorkload(burst),
      timings: { handler: { is: 'constant', ms: 120 } },
    },
    (event) => events.push(event),
  );
  const { slow, measured } = compareWithModel(events, burst, knative);
  expect([slow.measured, measured.requests.cold]).toEqual([5, 0]);
});

test('which calls were slow is told by how many were', () => {
  const { none, first, some, all } = SLOW_GUESSES;
  expect([0, 1, 3, 5].map((slow) => slowOnes(slow, 5))).toEqual([none, first, some, all]);
  expect(slowOnes(1, 1)).toBe(all);
});

test('every way to scale is a policy that the platform takes, and begins with no instance', () => {
  for (const { id, policy } of SCALING_WAYS) {
    expect(wayOf(new URLSearchParams({ scaled: id }))).toBe(policy);
    if (policy !== null) expect(makePolicy(readPolicy(policy)).keptInstances).toBe(0);
  }
  expect(wayOf(new URLSearchParams('scaled=unheard-of'))).toBeNull();
});

test('a link that says nothing is the burst as at first', () => {
  expect(burstOf(new URLSearchParams())).toEqual(FIRST_BURST);
  expect(burstPlan(burst, '/api/work')).toMatchObject({
    call: { url: '/api/work?waitMs=120' },
    calls: 5,
    everyMs: 50,
    wait: 'reaped',
  });
});
