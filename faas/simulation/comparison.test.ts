import { expect, test } from 'vitest';
import { differences } from './comparison.ts';
import { simulate } from './scenario.ts';

const summary = (handlerMs: number, durationS = 10) =>
  simulate({
    policy: { name: 'keep-alive', idleTimeoutMs: 1000 },
    workload: { is: 'constant', perSecond: 2, durationS },
    timings: { handler: { is: 'constant', ms: handlerMs } },
  });

test('the error is what was simulated less what was measured, and its share of that', () => {
  const all = differences(summary(200), summary(250));
  expect(all.find(({ measure }) => measure === 'latency mean, ms')).toEqual({
    measure: 'latency mean, ms',
    measured: 200,
    simulated: 250,
    error: 50,
    relative: 0.25,
  });
  expect(all.find(({ measure }) => measure === 'cold share')).toMatchObject({ error: 0 });
});

test('of less than a millisecond, an error is no share', () => {
  const brief = differences(summary(0.5), summary(0.25));
  expect(brief.find(({ measure }) => measure === 'latency p99, ms')).toMatchObject({
    error: expect.closeTo(-0.25, 2),
    relative: null,
  });
});

test('of what was measured as zero, an error is no share', () => {
  const waits = differences(summary(200), summary(250)).filter(({ measure }) =>
    measure.startsWith('queue'),
  );
  expect(waits).toHaveLength(4);
  for (const { error, relative } of waits)
    expect({ error, relative }).toEqual({ error: 0, relative: null });
});

test('a measure that there is none of is left out', () => {
  const none = { ...summary(200), latencyMs: summary(200, 1e-9).latencyMs };
  expect(differences(none, summary(200))).toHaveLength(14);
});
