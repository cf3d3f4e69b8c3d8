/**
 * Sends messages to a queue, which is a table of the function's database: `api/_migrations/0004-messages.sql`
 * has it whole. The platform takes them from there, and calls the function that `triggers` in
 * `api/_platform.json` names, with a CloudEvent.
 */

import { problem } from './problem.ts';
import { sql } from './sql.ts';

/** Largest data of a message, as JSON, in bytes: what every CloudEvents consumer should take. */
const MAX_BYTES = 65_536;

/** What is sent. With its source the id is the event's identity: sent twice, it is one message. */
export interface Outgoing {
  /** Any text of at most 200 characters: a UUID, or what happened and when. */
  readonly id: string;
  /** Who sends: `/api/orders`. */
  readonly source: string;
  /** What happened: `order.placed`. */
  readonly type: string;
  /** Messages of one key are delivered in order. @default no order */
  readonly key?: string | null;
  /** Any JSON. */
  readonly data: unknown;
  /** Time until it can be delivered, in s. @default 0 */
  readonly delayS?: number;
  /** The header `traceparent` of the call that sends: the trace goes on from there. @default a new trace */
  readonly traceparent?: string | null;
}

/** Why a message cannot be sent. */
export class MessageTooLarge extends Error {
  /** The same as an answer: a problem document (RFC 9457). */
  get response(): Response {
    return problem(413, 'Content Too Large', this.message);
  }
}

// #region send
/**
 * Await it to send, or hand it to `sql.transaction` beside what the message tells of: then both are
 * there, or neither. It gives a row, or none when the message was here already.
 *
 * @throws MessageTooLarge; the database's own errors come when it is awaited
 */
export function send(queue: string, message: Outgoing) {
  const { id, source, type, key = null, data, delayS = 0, traceparent = null } = message;
  const json = JSON.stringify(data);
  const bytes = new TextEncoder().encode(json).length;
  if (bytes > MAX_BYTES) throw tooLarge(bytes);
  return sql`
    select queue_send(
      ${queue}, ${id}, ${source}, ${type}, ${key}, ${json}::json, ${traceparent},
      ${delayS}::double precision
    ) as number`;
}
// #endregion

function tooLarge(bytes: number): MessageTooLarge {
  return new MessageTooLarge(
    `A message may have ${MAX_BYTES} bytes of data, and this one has ${bytes}. Put the data where it can be fetched, and send its address.`,
  );
}
