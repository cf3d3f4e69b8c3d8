import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { median, quantile, spreadOf } from './statistics.ts';

describe('quantile', () => {
  it('of one value is that value', () => {
    expect(quantile(Float64Array.of(7), 0.99)).toBe(7);
  });

  it('lies between two neighbours in proportion', () => {
    expect(quantile(Float64Array.of(10, 20, 30, 40, 50), 0.9)).toBeCloseTo(46, 9);
  });

  it('of no values is no number', () => {
    expect(quantile(new Float64Array(), 0.5)).toBeNaN();
  });

  it('never falls as the share grows, and stays within the values', () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(values, share, share, (all, one, other) => {
        const sorted = Float64Array.from(all).sort();
        const low = quantile(sorted, Math.min(one, other));
        const high = quantile(sorted, Math.max(one, other));
        expect(low).toBeLessThanOrEqual(high + 1e-6);
        expect(low).toBeGreaterThanOrEqual((sorted[0] as number) - 1e-6);
        expect(high).toBeLessThanOrEqual((sorted.at(-1) as number) + 1e-6);
      }),
    );
  });
});

describe('spreadOf', () => {
  it('sorts numbers as numbers', () => {
    expect(spreadOf([10, 9, 100])).toEqual({ median: 10, least: 9, most: 100, rounds: 3 });
  });

  it('takes the mean of the middle two of an even count', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('of nothing is nothing', () => {
    expect(spreadOf([])).toBeNull();
  });
});
