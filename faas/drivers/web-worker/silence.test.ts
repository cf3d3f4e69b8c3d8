import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SilenceWatch } from './silence.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('a thread that does not answer is silent after its limit, and is said to be so once', () => {
  const silent = vi.fn();
  new SilenceWatch(300, () => undefined, silent).start();
  vi.advanceTimersByTime(300);
  expect(silent).not.toHaveBeenCalled();
  vi.advanceTimersByTime(50);
  expect(silent).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(5000);
  expect(silent).toHaveBeenCalledOnce();
});

test('a thread that answers is never silent', () => {
  const silent = vi.fn();
  const watch = new SilenceWatch(300, () => watch.heard(), silent);
  watch.start();
  vi.advanceTimersByTime(10_000);
  expect(silent).not.toHaveBeenCalled();
});

test('a page that was asleep blames nobody for the time it slept', () => {
  const silent = vi.fn();
  const watch = new SilenceWatch(300, () => undefined, silent);
  watch.start();
  vi.setSystemTime(Date.now() + 60_000);
  vi.advanceTimersByTime(50);
  expect(silent).not.toHaveBeenCalled();
});

test('it asks nothing once it is stopped', () => {
  const ask = vi.fn();
  const watch = new SilenceWatch(300, ask, () => undefined);
  watch.start();
  watch.stop();
  vi.advanceTimersByTime(1000);
  expect(ask).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});
