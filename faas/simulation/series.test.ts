import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PolicyChoice } from '../core/scaling/policies.ts';
import { simulateCourse, type SimulatedCourse, type Scenario } from './scenario.ts';

const BINS = 12;

const scenario = (policy: PolicyChoice, change: Partial<Scenario> = {}): Scenario => ({
  policy,
  workload: { is: 'poisson', perSecond: 5, durationS: 300 },
  timings: {
    start: { is: 'constant', ms: 400 },
    init: { is: 'constant', ms: 100 },
    handler: { is: 'exponential', meanMs: 300 },
  },
  ...change,
});

const policies: PolicyChoice[] = [
  { name: 'keep-alive', idleTimeoutMs: 2000, maxQueued: 0, maxInstances: 4 },
  { name: 'keep-alive', provisionedConcurrency: 2 },
  { name: 'concurrent', concurrency: 3, idleTimeoutMs: 500 },
  { name: 'fixed', servers: 2, maxQueueMs: 200 },
  { name: 'kpa', target: 1, stableWindowMs: 6000, initialScale: 0 },
];

const sum = (
  { bins }: SimulatedCourse,
  of: (bin: SimulatedCourse['bins'][number]) => number,
): number => bins.reduce((total, bin) => total + of(bin), 0);

describe.each(policies)('over time, with $name', (policy) => {
  test('the bins add up to the summary', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const course = simulateCourse(scenario(policy, { seed }), BINS);
        const { requests, instances, simulatedS } = course.summary;
        expect(course.bins).toHaveLength(BINS);
        expect(sum(course, ({ answered }) => answered)).toBe(requests.answered);
        expect(sum(course, ({ failed }) => failed)).toBe(requests.submitted - requests.answered);
        expect(sum(course, ({ cold }) => cold)).toBe(requests.cold);
        // What ends after the workload does is in the summary alone.
        const near = (mine: number, summary: number): void => {
          expect(Math.abs((mine / BINS) * 300 - summary * simulatedS)).toBeLessThan(20);
        };
        near(
          sum(course, ({ starting }) => starting),
          instances.average.starting,
        );
        near(
          sum(course, ({ busy }) => busy),
          instances.average.running,
        );
        near(
          sum(course, ({ idle }) => idle),
          instances.average.idle,
        );
      }),
      { numRuns: 5 },
    );
  });

  test('nothing is ever negative', () => {
    for (const bin of simulateCourse(scenario(policy), BINS).bins) {
      expect(Math.min(bin.starting, bin.busy, bin.idle)).toBeGreaterThanOrEqual(-1e-9);
    }
  });
});

test('an instance is seen to wait and to go, also when the last request is long over', () => {
  const { bins } = simulateCourse(
    scenario(
      { name: 'keep-alive', idleTimeoutMs: 60_000 },
      {
        workload: { is: 'minutes', counts: [1, 0, 0, 0] },
        timings: { handler: { is: 'constant', ms: 10 } },
      },
    ),
    4,
  );
  const [first, second, third] = bins.map(({ busy, idle }) => busy + idle);
  expect((first ?? 0) + (second ?? 0)).toBeCloseTo((60_000 + 10) / 60_000, 3);
  expect(third).toBe(0);
});

test('a day at a pace looks like the day', () => {
  const day = (pace: number): SimulatedCourse =>
    simulateCourse(
      scenario(
        { name: 'keep-alive', idleTimeoutMs: 10_000, maxInstances: 1000 },
        {
          workload: { is: 'day', lowPerSecond: 1, highPerSecond: 5 },
          timings: {
            start: { is: 'constant', ms: 100 },
            handler: { is: 'exponential', meanMs: 200 },
          },
          pace,
        },
      ),
      BINS,
    );
  const [whole, sample] = [day(1), day(4)];
  whole.bins.forEach(({ busy, p99Ms }, index) => {
    const seen = sample.bins[index];
    expect(Math.abs((seen?.busy ?? 0) / busy - 1)).toBeLessThan(0.15);
    expect(Math.abs((seen?.p99Ms ?? 0) / (p99Ms ?? NaN) - 1)).toBeLessThan(0.3);
  });
  expect(sample.summary.requests.submitted * 4).toBeGreaterThan(
    0.97 * whole.summary.requests.submitted,
  );
});
