import { expect, test } from 'vitest';
import { liveIds } from './live-ids.ts';

test('instances and calls are counted, and a call’s id cannot be guessed', () => {
  const newId = liveIds('run1');
  expect([newId('instance'), newId('instance')]).toEqual(['i1-run1', 'i2-run1']);
  const calls = [newId('request'), newId('request')];
  expect(calls[0]).toMatch(/^r1-run1[0-9a-z]{6}$/);
  expect(calls[1]).toMatch(/^r2-run1[0-9a-z]{6}$/);
  expect(calls[0]?.slice(-6)).not.toBe(calls[1]?.slice(-6));
});

test('traces and spans have random ids of the length that W3C Trace Context gives them', () => {
  const newId = liveIds();
  const traces = Array.from({ length: 100 }, () => newId('trace'));
  const spans = Array.from({ length: 100 }, () => newId('span'));
  expect(new Set(traces).size + new Set(spans).size).toBe(200);
  for (const trace of traces) expect(trace).toMatch(/^[0-9a-f]{32}$/);
  for (const span of spans) expect(span).toMatch(/^[0-9a-f]{16}$/);
});
