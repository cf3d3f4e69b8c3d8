import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Autoscaler, TICK_MS } from './autoscaler.ts';
import type { AutoscalerSpec, Decision } from './autoscaler.ts';

const spec: AutoscalerSpec = {
  targetValue: 10,
  totalValue: 20,
  targetBurstCapacity: 50,
  panicThreshold: 2,
  maxScaleUpRate: 10,
  maxScaleDownRate: 2,
  stableWindowMs: 60_000,
  scaleDownDelayMs: 0,
  activationScale: 0,
  reachable: true,
};
const T0 = 1_700_000_000_000;

function desired(decision: Decision): number {
  if (!decision.valid) throw new Error('expected a valid decision');
  return decision.desired;
}

describe('in calm', () => {
  test('there are as many instances as the load needs, rounded up', () => {
    const autoscaler = new Autoscaler(spec, 1, T0);
    expect(desired(autoscaler.decide(T0, 3, { stable: 31, panic: 31 }))).toBe(4);
    expect(desired(autoscaler.decide(T0, 3, { stable: 0, panic: 0 }))).toBe(1);
    expect(desired(autoscaler.decide(T0, 1, { stable: 0, panic: 0 }))).toBe(0);
  });

  test('growth and shrinking keep to their rates, and always allow one more', () => {
    const slow = { ...spec, maxScaleUpRate: 1.1, panicThreshold: 100 };
    const autoscaler = new Autoscaler(slow, 1, T0);
    expect(desired(autoscaler.decide(T0, 2, { stable: 300, panic: 300 }))).toBe(3);
    expect(desired(autoscaler.decide(T0, 9, { stable: 1, panic: 1 }))).toBe(4);
  });

  test('a revision that nothing reaches may vanish at once', () => {
    const autoscaler = new Autoscaler({ ...spec, reachable: false }, 1, T0);
    expect(desired(autoscaler.decide(T0, 100, { stable: 0, panic: 0 }))).toBe(0);
  });

  test('any load at all brings the activation scale', () => {
    const autoscaler = new Autoscaler({ ...spec, activationScale: 3 }, 0, T0);
    expect(desired(autoscaler.decide(T0, 0, { stable: 0.1, panic: 0.1 }))).toBe(3);
    expect(desired(autoscaler.decide(T0, 1, { stable: 0, panic: 0 }))).toBe(0);
  });
});

describe('in panic', () => {
  test('it begins when the short average asks for twice what is ready, and counts the surge', () => {
    const autoscaler = new Autoscaler(spec, 1, T0);
    expect(desired(autoscaler.decide(T0, 2, { stable: 10, panic: 30 }))).toBe(1);
    expect(autoscaler.panic.since).toBeNull();
    expect(desired(autoscaler.decide(T0, 2, { stable: 10, panic: 31 }))).toBe(4);
    expect(autoscaler.panic).toEqual({ since: T0, peak: 4 });
  });

  test('nothing shrinks until the threshold has not been met for a stable window', () => {
    const autoscaler = new Autoscaler(spec, 1, T0);
    autoscaler.decide(T0, 2, { stable: 10, panic: 80 });
    const after = (ms: number): number =>
      desired(autoscaler.decide(T0 + ms, 8, { stable: 41, panic: 5 }));
    expect([after(2000), after(60_000), after(60_001)]).toEqual([8, 8, 5]);
  });

  test('an autoscaler that starts with several instances keeps them until it knows more', () => {
    const autoscaler = new Autoscaler(spec, 6, T0);
    expect(desired(autoscaler.decide(T0, 6, { stable: 0, panic: 0 }))).toBe(6);
  });
});

describe('beside the count', () => {
  test('the scale-down delay keeps to the largest of its window', () => {
    const autoscaler = new Autoscaler({ ...spec, scaleDownDelayMs: 6000 }, 0, T0);
    const loads = [40, 0, 0, 0, 0];
    const story = loads.map((load, tick) =>
      desired(autoscaler.decide(T0 + tick * TICK_MS, 1, { stable: load, panic: 0 })),
    );
    expect(story).toEqual([4, 4, 4, 0, 0]);
  });

  test('spare burst capacity is what is ready less the target less what runs', () => {
    const excess = (targetBurstCapacity: number, ready: number): number => {
      const autoscaler = new Autoscaler({ ...spec, targetBurstCapacity }, 1, T0);
      const decision = autoscaler.decide(T0, ready, { stable: 10, panic: 10.5 });
      return decision.valid ? decision.excessBurstCapacity : NaN;
    };
    expect(excess(50, 3)).toBe(-1);
    expect(excess(50, 4)).toBe(19);
    expect(excess(0, 1)).toBe(0);
    expect(excess(-1, 1000)).toBe(-1);
  });

  test('without data or without a count of instances there is no decision', () => {
    const autoscaler = new Autoscaler(spec, 1, T0);
    expect(autoscaler.decide(T0, 1, null)).toEqual({ valid: false });
    expect(autoscaler.decide(T0, null, { stable: 1, panic: 1 })).toEqual({ valid: false });
  });
});

test('a decision is a whole number, never negative, and in calm within the rates', () => {
  const load = fc.double({ min: 0, max: 5000, noNaN: true });
  fc.assert(
    fc.property(load, load, fc.nat({ max: 300 }), (stable, panic, ready) => {
      const autoscaler = new Autoscaler(spec, 0, T0);
      const count = desired(autoscaler.decide(T0, ready, { stable, panic }));
      const base = Math.max(1, ready);
      expect(Number.isInteger(count)).toBe(true);
      expect(count).toBeGreaterThanOrEqual(Math.floor(base / spec.maxScaleDownRate));
      expect(count).toBeLessThanOrEqual(base * spec.maxScaleUpRate);
    }),
  );
});
