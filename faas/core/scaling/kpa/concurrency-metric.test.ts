import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConcurrencyMetric } from './concurrency-metric.ts';

const options = { stableWindowMs: 60_000, panicWindowMs: 6000, aggregation: 'linear' } as const;
const T0 = 1_700_000_000_000;

test('a second counts by how long its requests were there', () => {
  const metric = new ConcurrencyMetric(options);
  metric.observe(T0, 0, 1);
  metric.observe(T0 + 250, 4, 1);
  metric.observe(T0 + 750, 0, 1);
  expect(metric.observed(T0 + 1000)).toEqual({ stable: 2, panic: 2 });
});

test('the panic window forgets a surge while the stable one remembers it', () => {
  const metric = new ConcurrencyMetric(options);
  metric.observe(T0, 10, 1);
  metric.observe(T0 + 2000, 0, 1);
  expect(metric.observed(T0 + 8000)).toEqual({ stable: 2.5, panic: 0 });
});

test('nothing is known before the first second has passed', () => {
  const metric = new ConcurrencyMetric(options);
  metric.observe(T0, 5, 1);
  expect(metric.observed(T0 + 999)).toBeNull();
  expect(metric.observed(T0 + 1000)).not.toBeNull();
});

test('at zero nobody reports, and after a window there is no data', () => {
  const metric = new ConcurrencyMetric(options);
  metric.observe(T0, 3, 1);
  metric.observe(T0 + 1000, 0, 0);
  expect(metric.observed(T0 + 60_000)).not.toBeNull();
  expect(metric.observed(T0 + 62_000)).toBeNull();
});

test('a request that is announced at zero is known at once and counted once', () => {
  const metric = new ConcurrencyMetric(options);
  metric.observe(T0, 0, 0);
  metric.observe(T0 + 500_000, 1, 0);
  metric.announce(T0 + 500_000);
  expect(metric.observed(T0 + 500_000)).toEqual({ stable: 1, panic: 1 });
  expect(metric.observed(T0 + 501_000)?.stable).toBe(0.5);
  expect(metric.observed(T0 + 503_000)?.stable).toBe(0.75);
});

test('a steady load is seen as it is, however its seconds are cut', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.nat({ max: 999 }), (load, offsetMs) => {
      const metric = new ConcurrencyMetric(options);
      metric.observe(T0 + offsetMs, load, 1);
      expect(metric.observed(T0 + offsetMs + 90_000)).toEqual({ stable: load, panic: load });
    }),
  );
});
