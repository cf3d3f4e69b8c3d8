/**
 * All the ways an invocation can fail. Codes are permanent: they are part of the HTTP contract
 * (`code` in an RFC 9457 problem document), of the trace, and of the lessons.
 */

/** HTTP status and title of each problem, by its permanent code. */
export const PROBLEMS = {
  'bad-request': { status: 400, title: 'The request is malformed' },
  'invalid-request': { status: 400, title: 'The request does not have the form that is asked for' },
  'key-missing': { status: 401, title: 'A key is missing, or it is unknown' },
  'not-signed-in': { status: 401, title: 'Nothing proves who calls' },
  'cross-site': { status: 403, title: 'Another site may not use the controls' },
  'not-local': { status: 403, title: 'Only the machine itself may watch and control it' },
  'from-function': { status: 403, title: 'A function may not use the controls' },
  'not-granted': { status: 403, title: 'The project does not grant the function this' },
  'foreign-origin': { status: 403, title: "A page of another site may not act in a user's name" },
  'key-refused': { status: 403, title: 'The plan of this key does not include the route' },
  'not-allowed': { status: 403, title: 'No line grants this to the caller' },
  'origin-refused': { status: 403, title: 'Pages of this origin may not call' },
  'address-refused': { status: 403, title: 'The address does not allow this' },
  'not-found': { status: 404, title: 'Nothing is at this URL' },
  'function-not-found': { status: 404, title: 'No function at this URL' },
  'method-not-allowed': { status: 405, title: 'The function does not answer this method' },
  'length-required': { status: 411, title: 'The length of the body is not said' },
  'object-exists': { status: 412, title: 'The object is there already' },
  'body-too-large': { status: 413, title: 'The request body is larger than the limit' },
  'unsupported-type': { status: 415, title: 'The body is not of a type that is understood' },
  'foreign-host': { status: 421, title: 'This server does not answer for this host' },
  'other-content': { status: 422, title: 'The content is not what was announced' },
  throttled: { status: 429, title: 'Too many requests are waiting for this function' },
  'quota-used-up': { status: 429, title: 'The calls of this period are used up' },
  'rate-limited': { status: 429, title: 'Calls come faster than the limit allows' },
  'client-closed': { status: 499, title: 'The caller left before the answer' },
  'handler-threw': { status: 500, title: 'The handler threw an error' },
  'gateway-failed': { status: 500, title: 'The gateway itself failed' },
  'instance-died': { status: 502, title: 'The instance died while it ran this request' },
  'out-of-memory': { status: 502, title: 'The instance went over its memory limit and was killed' },
  'answer-lost': { status: 502, title: 'The answer was lost on its way' },
  'start-failed': { status: 502, title: 'The instance could not start' },
  'no-capacity': { status: 503, title: 'No instance came free in time' },
  'no-connection': { status: 503, title: 'No connection to an instance is left' },
  'rule-unavailable': { status: 503, title: 'A check of the front door cannot be made' },
  'runtime-missing': { status: 503, title: 'This machine lacks the runtime the function needs' },
  'shutting-down': { status: 503, title: 'The platform is shutting down' },
  'store-unavailable': { status: 503, title: 'The store cannot be used at the moment' },
  'timed-out': { status: 504, title: 'The invocation ran longer than its time limit' },
  'door-timed-out': { status: 504, title: 'The front door waited no longer; the call goes on' },
  'not-in-cache': { status: 504, title: 'No stored answer may be used' },
  'storage-full': { status: 507, title: 'The disk is full' },
  'loop-stopped': { status: 508, title: 'Functions called one another too often' },
} as const satisfies Record<string, { status: number; title: string }>;

/** The permanent code of a problem. */
export type ProblemCode = keyof typeof PROBLEMS;

/** An RFC 9457 problem document. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  /** What was expected, what came, and what to do. */
  readonly detail: string;
  /** Only in development. */
  readonly stack?: string;
  /** What is wrong with a request, each by its place (RFC 6901). */
  readonly errors?: readonly ProblemEntry[];
}

/** One of several things that are wrong with a request. */
export interface ProblemEntry {
  /** `#/items/0/price`; the names of a query are those of an object. */
  readonly pointer: string;
  /** What was expected, and what came. */
  readonly detail: string;
}

/**
 * Builds a problem document.
 *
 * @param stack pass it in development only, since it exposes the function's source
 */
export function problem(code: ProblemCode, detail: string, stack?: string): Problem {
  const { status, title } = PROBLEMS[code];
  const document = { type: `urn:scale-to-zero:problem:${code}`, title, status, code, detail };
  return stack === undefined ? document : { ...document, stack };
}
