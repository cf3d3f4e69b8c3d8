import { expect, test } from 'vitest';
import { ofFunction } from '../core/trace/fixtures/events.ts';
import type { TraceEvent } from '../core/trace/trace.ts';
import { eventEntry } from './event-log.ts';

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
