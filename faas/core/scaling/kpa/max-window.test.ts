import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MaxWindow } from './max-window.ts';

test('a peak is remembered for the length of the window and then forgotten', () => {
  const window = new MaxWindow(10_000, 2000);
  const story = [5, 3, 1, 1, 1, 1, 0].map((value, tick) => {
    window.record(tick * 2000, value);
    return window.current();
  });
  expect(story).toEqual([5, 5, 5, 5, 5, 3, 1]);
});

test('of several values in one slot the largest counts', () => {
  const window = new MaxWindow(4000, 2000);
  for (const value of [2, 7, 4]) window.record(1999, value);
  expect(window.current()).toBe(7);
});

test('it is the maximum of the slots it covers, whatever is recorded', () => {
  const records = fc.array(
    fc.record({ afterMs: fc.integer({ min: 0, max: 9000 }), value: fc.nat({ max: 50 }) }),
    { minLength: 1, maxLength: 60 },
  );
  fc.assert(
    fc.property(records, fc.integer({ min: 1, max: 12 }), (steps, slots) => {
      const window = new MaxWindow(slots * 2000, 2000);
      const seen: { slot: number; value: number }[] = [];
      let now = 0;
      for (const { afterMs, value } of steps) {
        now += afterMs;
        const slot = Math.floor(now / 2000);
        seen.push({ slot, value });
        window.record(now, value);
        const covered = seen.filter((one) => one.slot > slot - slots).map((one) => one.value);
        expect(window.current()).toBe(Math.max(...covered));
      }
    }),
  );
});
