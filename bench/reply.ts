/** What a peer replies, and what the handler in it says. */

import type { IncomingHttpHeaders } from 'node:http';

export interface Reply {
  /** 0 when there was no answer. */
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** From asked to last byte, in ms. */
  readonly ms: number;
}

/** What the handler says. */
export interface Answer {
  readonly count: number;
  readonly instance: string;
  readonly atOnce: number;
}

export const NO_REPLY: Reply = { status: 0, headers: {}, body: '', ms: 0 };

/** What the handler said; null when it said nothing that can be understood. */
export function answerOf({ status, body }: Reply): Answer | null {
  if (status !== 200) return null;
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && 'count' in value
      ? (value as Answer)
      : null;
  } catch {
    return null;
  }
}
