/**
 * Where a call stands in a trace, and how it says so to the next: the header `traceparent` of W3C
 * Trace Context, Level 1 (Recommendation, 23 November 2021, https://www.w3.org/TR/trace-context-1/).
 */

/** Ids are lower-case hex and never all zero. */
export interface Span {
  /** 32 digits, the same in the whole tree of calls. */
  readonly trace: string;
  /** 16 digits, of this call alone. */
  readonly span: string;
  /** The span of the caller; null when the tree begins here. */
  readonly parent: string | null;
}

/** What a caller says in `traceparent`. */
export interface Traceparent {
  readonly trace: string;
  /** The caller's own span. */
  readonly parent: string;
  /** Whether the caller may have recorded its part. */
  readonly sampled: boolean;
}

/** Version, trace id, parent id, flags; what follows is for versions above 00. */
const FIELDS = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const ALL_ZERO = /^0+$/;
/** The only flag of Level 1: bit 0. */
const SAMPLED = 1;

/**
 * Null when it is invalid: the trace then begins anew, and the caller's `tracestate` must not be
 * read. A higher version is read as far as version 00 is known.
 *
 * @param value of the header; several headers of that name are no valid one
 */
export function parseTraceparent(value: string): Traceparent | null {
  const [, version, trace = '', parent = '', flags = '', rest] = FIELDS.exec(value) ?? [];
  if (version === undefined || version === 'ff') return null;
  if (version === '00' && rest !== undefined) return null;
  if (ALL_ZERO.test(trace) || ALL_ZERO.test(parent)) return null;
  return { trace, parent, sampled: (Number.parseInt(flags, 16) & SAMPLED) === SAMPLED };
}

/** In version 00, with every flag but `sampled` cleared, as Level 1 demands. */
export function formatTraceparent({ trace, parent, sampled }: Traceparent): string {
  return `00-${trace}-${parent}-${sampled ? '01' : '00'}`;
}
