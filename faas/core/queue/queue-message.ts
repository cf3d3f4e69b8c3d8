/** A message of a queue, and who may say that it is done with. */

/** Largest data of a message, as UTF-8 JSON, in bytes: what every CloudEvents consumer should take (1.0.2, Size Limits). */
export const MAX_MESSAGE_BYTES = 65_536;

/** What somebody sends. With its source the id is the event's identity: sent twice, it is one message. */
export interface MessageContent {
  /** Any text of at most 200 characters. */
  readonly id: string;
  /** Who sends: a URI reference such as `/api/orders`. */
  readonly source: string;
  /** What happened: `order.placed`. */
  readonly type: string;
  /** Messages of one key are delivered in the order in which they were sent; null for no order. */
  readonly key: string | null;
  /** Any JSON, at most {@link MAX_MESSAGE_BYTES}. */
  readonly data: unknown;
  /** Span of the call that sent it, as in the header (W3C Trace Context); null when there is none. */
  readonly traceparent: string | null;
}

/** Names one receive of one message. A newer receive of the same message makes it old. */
export interface MessageReceipt {
  /** Place of the message in the queue, counted from 1 and never used again. */
  readonly number: number;
  /** How often the message had been received, this time included. */
  readonly receives: number;
}

/** A message that somebody has received and that is hidden from all others for a time. */
export interface TakenMessage extends MessageContent, MessageReceipt {
  /** In ms since the Unix epoch; in a simulation, since its start. */
  readonly sentAtMs: number;
}

/** How messages are taken. */
export interface TakeOptions {
  /** Most messages at once. */
  readonly most: number;
  /** How long they are hidden from the next one who takes, in s. */
  readonly visibilityS: number;
  /** A message that has been received so often is not taken again. */
  readonly maxReceives: number;
}
