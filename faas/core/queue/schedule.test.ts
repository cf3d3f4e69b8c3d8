import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dueTicks, MOST_MISSED } from './schedule.ts';

const MINUTE = 60_000;
const due = (missed: 'skip' | 'last' | 'each', lastMs: number, nowMs: number) =>
  dueTicks({ everyS: 60, missed }, lastMs, nowMs, 1_000);

it('a tick that is on time is made, and the next is one period later', () => {
  expect(due('skip', 0, MINUTE + 20)).toEqual({ ticks: [MINUTE], nextMs: 2 * MINUTE });
});

it('what was missed is left out, made up for by one, or made up for each', () => {
  const now = 5 * MINUTE + 30_000;
  expect(due('skip', MINUTE, now).ticks).toEqual([]);
  expect(due('last', MINUTE, now).ticks).toEqual([5 * MINUTE]);
  expect(due('each', MINUTE, now).ticks).toEqual([2, 3, 4, 5].map((n) => n * MINUTE));
});

it('of a year that was missed, no more than the newest are made up for', () => {
  const { ticks } = due('each', 0, 500_000 * MINUTE);
  expect([ticks.length, ticks.at(-1)]).toEqual([MOST_MISSED, 500_000 * MINUTE]);
});

it('no tick is made twice, wherever the clock jumps, and all are at whole periods', () => {
  const jumps = fc.array(fc.integer({ min: -600_000, max: 600_000 }), { maxLength: 40 });
  fc.assert(
    fc.property(jumps, fc.constantFrom('skip', 'last', 'each'), (steps, missed) => {
      let now = 100 * MINUTE;
      let last = now;
      const made: number[] = [];
      for (const step of steps) {
        now += step;
        const { ticks, nextMs } = due(missed as 'skip', last, now);
        expect(nextMs).toBeGreaterThan(last);
        made.push(...ticks);
        last = ticks.at(-1) ?? last;
      }
      expect(new Set(made).size).toBe(made.length);
      expect(made.every((tick) => tick % MINUTE === 0 && tick > 100 * MINUTE)).toBe(true);
    }),
  );
});
