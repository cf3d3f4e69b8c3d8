/**
 * A call's position in a trace, and the header `traceparent` that passes it on: W3C Trace Context,
 * Level 1 (Recommendation, 23 November 2021, https://www.w3.org/TR/trace-context-1/).
 */

/** A call's position in a trace. Ids are lower-case hex and never all zero. */
export interface Span {
  /** 32 digits, shared by the whole tree of calls. */
  readonly trace: string;
  /** 16 digits, unique to this call. */
  readonly span: string;
  /** The span of the caller; null for the root of the tree. */
  readonly parent: string | null;
}

/** The fields of a `traceparent` header. */
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
 * Parses the header. Null when it is invalid: start a new trace then, and ignore the caller's
 * `tracestate`. Of a higher version, only the fields of version 00 are read.
 *
 * @param value of the header; more than one header of that name is invalid
 */
export function parseTraceparent(value: string): Traceparent | null {
  const [, version, trace = '', parent = '', flags = '', rest] = FIELDS.exec(value) ?? [];
  if (version === undefined || version === 'ff') return null;
  if (version === '00' && rest !== undefined) return null;
  if (ALL_ZERO.test(trace) || ALL_ZERO.test(parent)) return null;
  return { trace, parent, sampled: (Number.parseInt(flags, 16) & SAMPLED) === SAMPLED };
}

/** Formats the header as version 00, with every flag but `sampled` cleared, as Level 1 requires. */
export function formatTraceparent({ trace, parent, sampled }: Traceparent): string {
  return `00-${trace}-${parent}-${sampled ? '01' : '00'}`;
}
