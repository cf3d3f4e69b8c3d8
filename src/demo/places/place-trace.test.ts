import { expect, test } from 'vitest';
import { ofCall } from '#faas/core/trace/fixtures/events.ts';
import type { TraceEvent } from '#faas/core/trace/trace.ts';
import { PlaceTrace } from './place-trace.ts';

const done = (request: string): TraceEvent => ({
  at: 0,
  ...ofCall('/api/a', request),
  type: 'request.done',
  instance: 'i1',
  status: 200,
  handlerMs: 1,
  cpuMs: null,
  memoryMb: null,
});
const failed: TraceEvent = {
  at: 0,
  ...ofCall('/api/a', 'r2'),
  type: 'request.failed',
  instance: null,
  code: 'throttled',
  handlerMs: 0,
};

test('who watches hears each event, until the signal ends', () => {
  const log = new PlaceTrace();
  const heard: TraceEvent[] = [];
  const watching = new AbortController();
  log.watch((event) => heard.push(event), watching.signal);
  log.add(done('r1'));
  watching.abort();
  log.add(done('r2'));
  expect(heard).toEqual([done('r1')]);
  expect(log.events).toHaveLength(2);
});

test('a request is settled when its end has been told, before or after it was asked for', async () => {
  const log = new PlaceTrace();
  log.add(done('r1'));
  await log.settled('r1', Infinity);
  const order: string[] = [];
  const settled = log.settled('r2', 60_000).then(() => order.push('settled'));
  log.add(done('r3'));
  order.push('told');
  log.add(failed);
  await settled;
  expect(order).toEqual(['told', 'settled']);
});

test('a place that tells nothing is not waited for without end', async () => {
  await expect(new PlaceTrace().settled('r1', 1)).resolves.toBeUndefined();
});

test('the oldest events are let go', () => {
  const log = new PlaceTrace();
  for (let n = 0; n < 25_000; n += 1) log.add(done(`r${n}`));
  expect(log.events.length).toBeLessThan(23_000);
  expect(log.events.at(-1)).toEqual(done('r24999'));
});
