/**
 * A message as a CloudEvent over HTTP (CloudEvents 1.0.2, HTTP Protocol Binding and JSON Event Format;
 * extensions: Distributed Tracing, Partitioning, Sequence). A receiver tells the mode by `content-type`.
 */

import type { TakenMessage } from './queue-message.ts';

/** What an HTTP request carries. */
export interface EventRequest {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

const JSON_TYPE = 'application/json';

/** Its attributes, but for `data` and its type. All are text but `receives`. */
function attributesOf(message: TakenMessage): Record<string, string | number> {
  const { id, source, type, key, number, receives, sentAtMs, traceparent } = message;
  return {
    specversion: '1.0',
    id,
    source,
    type,
    time: new Date(sentAtMs).toISOString(),
    ...(key !== null && { partitionkey: key }),
    sequence: String(number),
    ...(traceparent !== null && { traceparent }),
    receives,
  };
}

function eventOf(message: TakenMessage): Record<string, unknown> {
  return { ...attributesOf(message), datacontenttype: JSON_TYPE, data: message.data };
}

/** The event as one JSON document. */
export function structuredEvent(message: TakenMessage): EventRequest {
  return {
    headers: [['content-type', 'application/cloudevents+json; charset=utf-8']],
    body: JSON.stringify(eventOf(message)),
  };
}

/** The event's data as the body, its attributes as headers. */
export function binaryEvent(message: TakenMessage): EventRequest {
  const attributes = Object.entries(attributesOf(message));
  return {
    headers: [
      ['content-type', JSON_TYPE],
      ...attributes.map(([name, value]) => [`ce-${name}`, headerText(String(value))] as const),
    ],
    body: JSON.stringify(message.data),
  };
}

/** Events as one JSON list. */
export function eventBatch(messages: readonly TakenMessage[]): EventRequest {
  return {
    headers: [['content-type', 'application/cloudevents-batch+json; charset=utf-8']],
    body: JSON.stringify(messages.map(eventOf)),
  };
}

/** Percent-encodes what a header cannot hold: all but printable ASCII, space, `"` and `%` (HTTP Protocol Binding, 3.1.3.2). */
function headerText(value: string): string {
  return value
    .toWellFormed()
    .replaceAll(/[^\u0021\u0023\u0024\u0026-\u007e]+/g, (part) => encodeURIComponent(part));
}
