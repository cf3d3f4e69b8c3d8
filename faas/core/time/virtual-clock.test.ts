import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VirtualClock } from './virtual-clock.ts';

test('events happen in order of time, and those of one instant in the order they were set', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 200 }), (delays) => {
      const clock = new VirtualClock();
      const happened: (readonly [at: number, index: number])[] = [];
      delays.forEach((delay, index) =>
        clock.after(delay, () => happened.push([clock.now(), index])),
      );
      clock.runUntil(Infinity);
      const expected = delays.map((delay, index) => [delay, index] as const);
      expect(happened).toEqual(expected.sort((a, b) => a[0] - b[0] || a[1] - b[1]));
    }),
  );
});

test('events set while others happen find their place', () => {
  const clock = new VirtualClock(1000);
  const happened: string[] = [];
  clock.after(10, () => {
    happened.push('first');
    clock.after(0, () => happened.push('at once, but after what was set before'));
    clock.after(5, () => happened.push('between'));
  });
  clock.after(10, () => happened.push('second'));
  clock.after(20, () => happened.push('last'));
  clock.runUntil(1020);
  expect(happened).toEqual([
    'first',
    'second',
    'at once, but after what was set before',
    'between',
    'last',
  ]);
  expect(clock.now()).toBe(1020);
});

test('an event that was called off does not happen', () => {
  const clock = new VirtualClock();
  let happened = false;
  const cancel = clock.after(1, () => (happened = true));
  cancel();
  clock.runUntil(10);
  expect(happened).toBe(false);
});

test('it stands where it was told to run to, and events beyond wait', () => {
  const clock = new VirtualClock();
  clock.after(100, () => undefined);
  clock.runUntil(50);
  expect([clock.now(), clock.pending, clock.next]).toEqual([50, 1, 100]);
});
