/** Against the CloudEvents SDK for JavaScript: it reads what we write, and finds it valid. */

import { HTTP, type CloudEvent, type CloudEventV1 } from 'cloudevents';
import { expect, it } from 'vitest';
import { binaryEvent, eventBatch, structuredEvent, type EventRequest } from './cloud-event.ts';
import { contentOf } from './fixtures/queue-story.ts';
import type { TakenMessage } from './queue-message.ts';

const message: TakenMessage = {
  ...contentOf('a'),
  type: 'order.placed',
  key: 'café "7" 100%',
  data: { total: 12.5, text: 'naïve', none: null },
  traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
  number: 17,
  receives: 2,
  sentAtMs: Date.UTC(2026, 10, 30, 8),
};

const attributes = {
  specversion: '1.0',
  id: message.id,
  source: '/api/story',
  type: 'order.placed',
  time: '2026-11-30T08:00:00.000Z',
  sequence: '17',
  traceparent: message.traceparent,
};

function read({ headers, body }: EventRequest): CloudEventV1<unknown>[] {
  const events = [HTTP.toEvent({ headers: Object.fromEntries(headers), body })].flat();
  for (const event of events) expect((event as CloudEvent).validate()).toBe(true);
  return events;
}

it('a structured event has everything in its body', () => {
  const [event] = read(structuredEvent(message));
  expect(event).toMatchObject({
    ...attributes,
    datacontenttype: 'application/json',
    partitionkey: 'café "7" 100%',
    receives: 2,
    data: message.data,
  });
});

it('a binary event has its data in the body and its attributes in headers', () => {
  const request = binaryEvent(message);
  const [event] = read(request);
  expect(event).toMatchObject({ ...attributes, data: message.data });
  const headers = Object.fromEntries(request.headers);
  // Percent-encoded, which the SDK (10.0.0) leaves as it is.
  expect(headers['ce-partitionkey']).toBe('caf%C3%A9%20%227%22%20100%25');
  expect(decodeURIComponent(headers['ce-partitionkey'] ?? '')).toBe(message.key);
  expect(headers['content-type']).toBe('application/json');
});

it('a batch is a list of events, in their order', () => {
  const other = { ...message, ...contentOf('b'), number: 18, traceparent: null };
  const events = read(eventBatch([message, other]));
  expect(events.map(({ id, type }) => [id, type])).toEqual([
    [message.id, 'order.placed'],
    [other.id, 'b'],
  ]);
  expect(events[1]).not.toHaveProperty('traceparent');
  expect(events[1]).not.toHaveProperty('partitionkey');
});
