import { queryObjects } from 'node:v8';
import { expect, test } from 'vitest';
import { ofCall, ofFunction } from '../core/trace/fixtures/events.ts';
import type { TraceEvent } from '../core/trace/trace.ts';
import { eventEntry, EventLog, eventsOfCalls } from './event-log.ts';

const stopped = {
  type: 'instance.stopped',
  at: 1,
  instance: 'i1',
  reason: 'idle',
  served: 2,
} as const;

test('an event about a function names it as callers have always read it', () => {
  const event: TraceEvent = { ...stopped, ...ofFunction('/api/a') };
  expect(eventEntry(event)).toEqual({ ...event, function: '/api/a' });
});

test('an event about something else names no function', () => {
  const event: TraceEvent = { ...stopped, subject: { kind: 'store', name: 'main' } };
  expect(eventEntry(event)).toEqual(event);
});

test('a call is told of with all calls of its trace, and with the starts of their instances', () => {
  const log = new EventLog();
  const of = (name: string, parent: string | null) => ({
    ...ofCall(name, name),
    trace: 'a'.repeat(32),
    parent,
  });
  const asked = (name: string, parent: string | null): TraceEvent => ({
    type: 'request.queued',
    at: 1,
    ...of(name, parent),
    method: 'GET',
    url: name,
  });
  const begun = { instance: 'i1', cold: true, queueMs: 0, served: 1 };
  const ready = { instance: 'i1', startMs: 1, initMs: 1, pid: null };
  log.append(asked('/api/a', null));
  log.append({ type: 'instance.ready', at: 2, ...ofFunction('/api/b'), ...ready });
  log.append({ type: 'instance.ready', at: 2, ...ofFunction('/api/c'), ...ready, instance: 'i2' });
  log.append({ ...asked('/api/c', null), trace: 'c'.repeat(32) } as TraceEvent);
  log.append(asked('/api/b', 'a'));
  log.append({ type: 'request.started', at: 3, ...of('/api/b', 'a'), ...begun });
  const told = eventsOfCalls(log, '/api/a').map((event) => [event.type, event.function]);
  expect(told).toEqual([
    ['request.queued', '/api/a'],
    ['instance.ready', '/api/b'],
    ['request.queued', '/api/b'],
    ['request.started', '/api/b'],
  ]);
  expect(eventsOfCalls(log, '/api/none')).toEqual([]);
});

test('an event that is dropped for its text is let go, and not only counted as gone', () => {
  class Printed {
    readonly type = 'log';
    readonly at = 1;
    readonly subject = ofFunction('/api/a').subject;
    readonly instance = 'i1';
    readonly request = null;
    readonly stream = 'stdout';
    readonly text = 'x'.repeat(100);
  }
  const log = new EventLog({ maxEvents: 1_000, maxCharacters: 1_000 });
  for (let n = 0; n < 50; n += 1) log.append(new Printed());
  expect(log.next - log.first).toBe(10);
  expect(queryObjects(Printed, { format: 'count' })).toBe(10);
});
