import { describe, expect, test } from 'vitest';
import { simulate, simulateCourse, simulateInSlices, type Scenario } from './scenario.ts';

const scenario: Scenario = {
  policy: { name: 'keep-alive', idleTimeoutMs: 1000 },
  workload: { is: 'poisson', perSecond: 20, durationS: 500 },
  timings: {
    start: { is: 'constant', ms: 30 },
    handler: { is: 'lognormal', medianMs: 20, p99Ms: 200 },
  },
};

const BINS = 10;

async function pause(): Promise<void> {
  await Promise.resolve();
}

describe('a simulation in slices', () => {
  test('tells what the same scenario tells at once', async () => {
    const sliced = await simulateInSlices(scenario, BINS, { pause, sliceRequests: 700 });
    expect(sliced).toEqual(simulateCourse(scenario, BINS));
  });

  test('says how far it is, never backwards, and ends at 1', async () => {
    const shares: number[] = [];
    const onProgress = (share: number): number => shares.push(share);
    await simulateInSlices(scenario, BINS, { pause, sliceRequests: 1000, onProgress });
    expect(shares.length).toBeGreaterThan(5);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  test('can be cancelled between two slices', async () => {
    const abort = new AbortController();
    let slices = 0;
    const run = simulateInSlices(scenario, BINS, {
      pause,
      sliceRequests: 100,
      signal: abort.signal,
      onProgress: () => {
        if (++slices === 3) abort.abort(new Error('the reader has left'));
      },
    });
    await expect(run).rejects.toThrow('the reader has left');
    expect(slices).toBe(3);
  });
});

test('every policy serves the same workload, each at its own price', () => {
  const requests = (policy: Scenario['policy']): number => {
    const { answered, submitted } = simulate({ ...scenario, policy }).requests;
    expect(answered).toBe(submitted);
    return answered;
  };
  const answered = [
    requests({ name: 'keep-alive' }),
    requests({ name: 'concurrent' }),
    requests({ name: 'fixed', servers: 4 }),
    requests({ name: 'kpa', target: 2 }),
  ];
  expect(new Set(answered).size).toBe(1);
});

test('requests recorded minute by minute are served minute by minute, a night without any too', () => {
  const counts = [0, 120, 7, 0, 3000];
  const { requests, instances, simulatedS } = simulate({
    ...scenario,
    workload: { is: 'minutes', counts },
  });
  expect(requests).toMatchObject({ submitted: 3127, answered: 3127 });
  expect(instances.started).toBeGreaterThan(1);
  expect(simulatedS).toBeGreaterThan(4 * 60);
});

test('only what happened is reported: no starts with fixed, no queue with keep-alive', () => {
  const fixed = simulate({ ...scenario, policy: { name: 'fixed', servers: 4 } });
  expect(fixed.requests.cold).toBe(0);
  expect(fixed.latencyMs.start).toEqual({
    count: 0,
    mean: null,
    p50: null,
    p90: null,
    p99: null,
    p999: null,
    max: null,
  });
  expect(simulate(scenario).latencyMs.queue.max).toBe(0);
});
