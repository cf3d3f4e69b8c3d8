import { describe, expect, test } from 'vitest';
import { KNATIVE_TRACES } from '#faas/core/scaling/kpa/knative-traces.ts';
import { TICK_FRAME } from './frame.ts';
import { isInPanic, runTicks, type KpaRun } from './run.ts';
import { tickSetupOf } from './setup.ts';

const run = (state: string): KpaRun => runTicks(tickSetupOf(new URLSearchParams(state)));
const words = (of: KpaRun, part: keyof typeof TICK_FRAME, at: number): string =>
  String(TICK_FRAME[part]({ run: of, at }))
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

describe.each(KNATIVE_TRACES)('on the inputs of $name', ({ name, ticks }) => {
  test('every tick has the numbers that Knative answered, and the figure says them', () => {
    const shown = run(`traffic=${name}`);
    expect(shown.ticks).toHaveLength(ticks.length);
    for (const [index, tick] of shown.ticks.entries()) {
      const known = ticks[index];
      expect({
        nowMs: tick.atMs,
        ready: tick.ready,
        ...tick.observed,
        desired: tick.desired,
        excessBurstCapacity: tick.excess,
        panicSince: tick.sums?.panic.since,
        peak: tick.sums?.panic.peak,
      }).toEqual(known);
      expect(words(shown, 'sums', index)).toContain(`Panic? `);
    }
    expect(words(shown, 'outcome', 0)).toContain('In 60 of 60 ticks');
  });
});

describe('on the reader’s own calls', () => {
  test('a call at zero is acted on at once, and answered when a pod is ready', () => {
    const shown = run('');
    expect(shown.callAtZero).toEqual({ atMs: 7000, answeredMs: 10_000 });
    const woken = shown.ticks.find(({ isAtOnce }) => isAtOnce);
    expect(woken).toMatchObject({ atMs: 7000, ready: 0, scale: 1, isActivatorIn: true });
    expect(words(shown, 'outcome', 0)).toContain(
      'acted at once , and the call was handed on 3 s later',
    );
  });

  test('the surge brings a panic and nine pods, and long after it all are gone', () => {
    const { ticks } = run('');
    expect(Math.max(...ticks.map(({ ready }) => ready))).toBe(9);
    expect(ticks.some(isInPanic)).toBe(true);
    expect(ticks.at(-1)).toMatchObject({ ready: 0, scale: 0, isActivatorIn: true });
  });

  test('without the activator a call at zero gets an error, and no pod is ever wanted', () => {
    const shown = run('activator=0');
    expect(shown.callAtZero).toEqual({ atMs: 7000, answeredMs: null });
    expect(shown.ticks.every(({ scale, desired }) => scale === 0 && desired === 0)).toBe(true);
    expect(words(shown, 'outcome', 0)).toContain('an error . Nobody reported it either');
  });

  test('a burst capacity of 0 takes the activator out above zero, and −1 never does', () => {
    const at = (burst: number): boolean[] =>
      run(`burst=${burst}&base=5`)
        .ticks.filter(({ ready }) => ready > 0)
        .map(({ isActivatorIn }) => isActivatorIn);
    expect(at(0)).toContain(false);
    expect(at(-1)).not.toContain(false);
  });

  test('without calls nothing happens', () => {
    const shown = run('calls=0');
    expect(shown.ticks.every(({ scale }) => scale === 0)).toBe(true);
    expect(words(shown, 'outcome', 0)).toContain('No call came while there was no pod');
  });

  test('a name of no recording is the reader’s own', () => {
    expect(run('traffic=random-999').trace).toBeNull();
  });
});
