/**
 * Continues the caller's trace. The call gets a new span whose parent is the caller's, and the
 * function receives that new span, so that its own calls have this call as their parent.
 */

import type { HeaderList } from '../api.ts';
import type { NewId } from '../core/trace/ids.ts';
import { formatTraceparent, parseTraceparent, type Span } from '../core/trace/span.ts';

const TRACEPARENT = 'traceparent';
/** Vendor-specific trace data; ignored without a valid `traceparent`. */
const TRACESTATE = 'tracestate';

/** The span of a call, and the headers to hand to its function. */
export interface Continued {
  readonly span: Span;
  /** The headers received, with `traceparent` replaced by the new span's. */
  readonly headers: HeaderList;
}

/**
 * Makes the span of a call.
 *
 * @param headers as received; without exactly one valid `traceparent` a new trace begins
 */
export function continueTrace(headers: HeaderList, newId: NewId): Continued {
  const received = headers.filter(([name]) => name === TRACEPARENT);
  const caller = received.length === 1 ? parseTraceparent(received[0]?.[1] ?? '') : null;
  const span = {
    trace: caller?.trace ?? newId('trace'),
    span: newId('span'),
    parent: caller?.parent ?? null,
  };
  // Our trace records every call, but the caller's sampling flag is passed on.
  const sampled = caller?.sampled ?? true;
  const kept = headers.filter(
    ([name]) => name !== TRACEPARENT && (caller !== null || name !== TRACESTATE),
  );
  const ours = formatTraceparent({ trace: span.trace, parent: span.span, sampled });
  return { span, headers: [...kept, [TRACEPARENT, ours]] };
}
