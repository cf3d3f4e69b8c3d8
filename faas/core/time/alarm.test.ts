import { expect, test } from 'vitest';
import { Alarm, isDue } from './alarm.ts';
import type { Clock } from './clock.ts';
import { VirtualClock } from './virtual-clock.ts';

test('set twice, it rings once, for the first', () => {
  const clock = new VirtualClock();
  const rang: number[] = [];
  const alarm = new Alarm(clock, () => rang.push(clock.now()));
  alarm.set(50);
  alarm.set(80);
  clock.runUntil(200);
  expect(rang).toEqual([50]);
  expect(alarm.isSet).toBe(false);
});

test('it can be set again while it rings, and cleared before', () => {
  const clock = new VirtualClock();
  const rang: number[] = [];
  const alarm = new Alarm(clock, () => {
    rang.push(clock.now());
    if (rang.length < 3) alarm.set(clock.now() + 10);
  });
  alarm.set(10);
  clock.runUntil(25);
  alarm.clear();
  clock.runUntil(100);
  expect(rang).toEqual([10, 20]);
});

test('it never rings at infinity, and at once for what is past', () => {
  const clock = new VirtualClock(1000);
  let rang = 0;
  const alarm = new Alarm(clock, () => rang++);
  alarm.set(Infinity);
  expect(clock.pending).toBe(0);
  alarm.set(10);
  clock.runUntil(1000);
  expect(rang).toBe(1);
});

test('a deadline near the end of a double’s precision is due when its timer rings', () => {
  const epochMs = 1_795_000_000_000.123;
  const waits = [0.1, 1 / 3, 10_000.7, 86_400_000.1];
  for (const waitMs of waits) {
    const clock = new VirtualClock(epochMs);
    const deadline = epochMs + waitMs;
    let due = false;
    new Alarm(clock, () => (due = isDue(deadline, clock.now()))).set(deadline);
    clock.runUntil(Infinity);
    expect(due).toBe(true);
  }
});

test('a real timer that rings early is not due yet', () => {
  const early: Clock = { now: () => 9.2, after: () => () => undefined };
  expect(isDue(10, early.now())).toBe(false);
});
