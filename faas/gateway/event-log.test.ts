import { queryObjects } from 'node:v8';
import { expect, test } from 'vitest';
import { ofFunction } from '../core/trace/fixtures/events.ts';
import type { TraceEvent } from '../core/trace/trace.ts';
import { eventEntry, EventLog } from './event-log.ts';

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
