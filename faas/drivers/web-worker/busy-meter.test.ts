import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BusyMeter } from './busy-meter.ts';

let nowMs = 0;
const now = (): number => nowMs;

beforeEach(() => {
  nowMs = 0;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Time passes, and timers come when they are due. */
function wait(ms: number): void {
  for (let end = nowMs + ms; nowMs < end;) {
    nowMs += 1;
    vi.advanceTimersByTime(1);
  }
}

/** Time passes, and no timer can come. */
function work(ms: number): void {
  nowMs += ms;
}

test('waiting is not work: at most a tick of it', () => {
  const meter = new BusyMeter(now);
  wait(300);
  expect(meter.end()).toBeLessThanOrEqual(4);
});

test('computing without a pause is all work', () => {
  const meter = new BusyMeter(now);
  work(30);
  expect(meter.end()).toBe(30);
});

test('a call that computes, then waits, then computes is told by its parts', () => {
  const meter = new BusyMeter(now);
  work(30);
  wait(200);
  work(50);
  wait(5);
  const busy = meter.end();
  expect(busy).toBeGreaterThan(70);
  expect(busy).toBeLessThan(90);
});

test('what ends within a tick counts whole', () => {
  const meter = new BusyMeter(now);
  work(0.3);
  expect(meter.end()).toBe(0.3);
});

test('it keeps no timer when it has ended', () => {
  new BusyMeter(now).end();
  expect(vi.getTimerCount()).toBe(0);
});
