/**
 * A call continues the trace that its caller is in. Its span is new and the caller's is its parent;
 * the function is handed the new one, so that what it calls in turn has this call as its parent.
 */

import type { HeaderList } from '../api.ts';
import type { NewId } from '../core/trace/ids.ts';
import { formatTraceparent, parseTraceparent, type Span } from '../core/trace/span.ts';

const TRACEPARENT = 'traceparent';
/** What vendors of tracing add; it means nothing without a valid `traceparent`. */
const TRACESTATE = 'tracestate';

export interface Continued {
  readonly span: Span;
  /** As they came, but for the `traceparent` that names the new span. */
  readonly headers: HeaderList;
}

/** @param headers as they came; without exactly one valid `traceparent` a new trace begins */
export function continueTrace(headers: HeaderList, newId: NewId): Continued {
  const [said, ...more] = headers.filter(([name]) => name === TRACEPARENT);
  const caller = said === undefined || more.length > 0 ? null : parseTraceparent(said[1]);
  const span = {
    trace: caller?.trace ?? newId('trace'),
    span: newId('span'),
    parent: caller?.parent ?? null,
  };
  // Every call is in our trace; a caller's own word on sampling is handed on.
  const sampled = caller?.sampled ?? true;
  const kept = headers.filter(
    ([name]) => name !== TRACEPARENT && (caller !== null || name !== TRACESTATE),
  );
  const ours = formatTraceparent({ trace: span.trace, parent: span.span, sampled });
  return { span, headers: [...kept, [TRACEPARENT, ours]] };
}
