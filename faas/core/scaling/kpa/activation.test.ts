import { describe, expect, test } from 'vitest';
import { Activation } from './activation.ts';
import type { ActivationOptions, Wish } from './activation.ts';

const options: ActivationOptions = {
  minScale: 0,
  maxScale: 10,
  initialScale: 1,
  enableScaleToZero: true,
  stableWindowMs: 60_000,
  scaleToZeroGraceMs: 30_000,
  podRetentionMs: 0,
  activationTimeoutMs: 600_000,
  targetBurstCapacity: 0,
};
const none: Wish = { desired: 0, excessBurstCapacity: 0 };
const some = (desired: number): Wish => ({ desired, excessBurstCapacity: 0 });

/** An activation that has been active since 0 with one instance ready. */
function active(changes: Partial<ActivationOptions> = {}): Activation {
  const activation = new Activation({ ...options, ...changes }, -1000);
  activation.reconcile(0, some(1), 1);
  return activation;
}

describe('on the way to zero', () => {
  test('the last instance stays for a stable window, and then until the activator has taken over', () => {
    const activation = active();
    expect(activation.reconcile(59_999, none, 1)).toBe(1);
    expect(activation).toMatchObject({ state: 'active', activatorInPath: false });
    expect(activation.reconcile(60_000, none, 1)).toBe(1);
    expect(activation).toMatchObject({ state: 'inactive', activatorInPath: true });
    expect(activation.reconcile(89_999, none, 1)).toBe(1);
    expect(activation.reconcile(90_000, none, 1)).toBe(0);
  });

  test('an activator that is in the path already makes it faster', () => {
    const activation = active();
    const crowded: Wish = { desired: 0, excessBurstCapacity: -5 };
    activation.reconcile(20_000, crowded, 1);
    activation.reconcile(60_000, crowded, 1);
    expect(activation.reconcile(62_000, crowded, 1)).toBe(0);
  });

  test('the last instance is retained for as long as was asked, whatever the activator does', () => {
    const activation = active({ podRetentionMs: 120_000 });
    activation.reconcile(60_000, none, 1);
    expect(activation.reconcile(179_999, none, 1)).toBe(1);
    expect(activation.reconcile(180_000, none, 1)).toBe(0);
  });

  test('a call that comes meanwhile makes it active again', () => {
    const activation = active();
    activation.reconcile(60_000, none, 1);
    expect(activation.reconcile(62_000, some(1), 1)).toBe(1);
    expect(activation).toMatchObject({ state: 'active', activatorInPath: false });
    expect(activation.reconcile(64_000, none, 1)).toBe(1);
    expect(activation.state).toBe('active');
  });

  test('without scale to zero one instance stays for ever', () => {
    const activation = active({ enableScaleToZero: false });
    expect(activation.reconcile(1e9, none, 1)).toBe(1);
  });

  test('many instances go to one before the last', () => {
    const activation = active();
    activation.reconcile(2000, some(8), 8);
    expect(activation.reconcile(4000, none, 8)).toBe(1);
  });
});

describe('at the beginning', () => {
  test('nobody has decided yet, so the initial scale holds', () => {
    const activation = new Activation({ ...options, initialScale: 3 }, 0);
    expect(activation.reconcile(0, { desired: null, excessBurstCapacity: 0 }, 0)).toBe(3);
    expect(activation.state).toBe('activating');
  });

  test('fewer than the initial scale will not do until it was reached once', () => {
    const activation = new Activation({ ...options, initialScale: 3 }, 0);
    expect(activation.reconcile(2000, some(1), 2)).toBe(3);
    activation.reconcile(4000, some(1), 3);
    expect(activation.state).toBe('active');
    expect(activation.reconcile(6000, some(1), 3)).toBe(1);
  });

  test('an initial scale of zero begins inactive, behind the activator', () => {
    const activation = new Activation({ ...options, initialScale: 0 }, 0);
    const unknown: Wish = { desired: null, excessBurstCapacity: 0 };
    expect(activation.reconcile(0, unknown, 0)).toBe(0);
    expect(activation.reconcile(2000, unknown, 0)).toBe(0);
    expect(activation).toMatchObject({ state: 'inactive', activatorInPath: true });
  });

  test('one that never becomes ready is given up after its time', () => {
    const activation = new Activation(options, 0);
    expect(activation.reconcile(599_999, none, 0)).toBe(1);
    expect(activation.reconcile(600_000, none, 0)).toBe(0);
    expect(activation.state).toBe('inactive');
  });
});

test('bounds hold whatever is wished', () => {
  const activation = active({ minScale: 2, maxScale: 5 });
  expect(activation.reconcile(2000, some(50), 2)).toBe(5);
  expect(activation.reconcile(1e9, none, 5)).toBe(2);
});
