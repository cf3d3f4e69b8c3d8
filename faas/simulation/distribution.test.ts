import { describe, expect, test } from 'vitest';
import { sampler, type Distribution } from './distribution.ts';
import { Random } from './random.ts';

const cases: readonly Distribution[] = [
  { is: 'constant', ms: 12 },
  { is: 'uniform', fromMs: 10, toMs: 30 },
  { is: 'exponential', meanMs: 50 },
  { is: 'lognormal', medianMs: 20, p99Ms: 80 },
  { is: 'measured', samplesMs: [1, 2, 30] },
];

function sorted(distribution: Distribution, count = 100_000): number[] {
  const draw = sampler(distribution, new Random(1));
  return Array.from({ length: count }, draw).sort((a, b) => a - b);
}

describe('draws have the stated mean, and are never negative', () => {
  test.each(cases)('$is', (distribution) => {
    const drawn = sorted(distribution);
    const mean = drawn.reduce((sum, ms) => sum + ms, 0) / drawn.length;
    expect(Math.abs(mean / meanOf(distribution) - 1)).toBeLessThan(0.01);
    expect(drawn[0]).toBeGreaterThanOrEqual(0);
  });
});

test('lognormal times have the median and the 99th percentile that were asked for', () => {
  const drawn = sorted({ is: 'lognormal', medianMs: 20, p99Ms: 80 });
  expect(Math.abs((drawn[50_000] ?? 0) / 20 - 1)).toBeLessThan(0.02);
  expect(Math.abs((drawn[99_000] ?? 0) / 80 - 1)).toBeLessThan(0.03);
});

test('measured times are drawn from those that were measured', () => {
  expect(new Set(sorted({ is: 'measured', samplesMs: [1, 2, 30] }))).toEqual(new Set([1, 2, 30]));
});

/** The 99th percentile of the standard normal distribution. */
const Z99 = 2.3263478740408408;

/** By its formula. */
function meanOf(distribution: Distribution): number {
  switch (distribution.is) {
    case 'constant':
      return distribution.ms;
    case 'uniform':
      return (distribution.fromMs + distribution.toMs) / 2;
    case 'exponential':
      return distribution.meanMs;
    case 'lognormal': {
      const sigma = Math.log(distribution.p99Ms / distribution.medianMs) / Z99;
      return distribution.medianMs * Math.exp((sigma * sigma) / 2);
    }
    case 'measured': {
      const { samplesMs } = distribution;
      return samplesMs.reduce((sum, ms) => sum + ms, 0) / samplesMs.length;
    }
  }
}
