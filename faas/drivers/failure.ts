/** What a failure says to the person who caused it or met it: expected, found, cure. */

import type { HeaderList } from '../api.ts';
import type { FunctionSpec } from '../core/function.ts';
import { problem, type Problem, type ProblemCode } from '../core/problem.ts';
import type { StopReason } from '../core/trace/trace.ts';
import type { Exit, ResponseMessage } from './protocol.ts';

/** Why one invocation has no answer of its own. */
export interface Failure {
  readonly code: ProblemCode;
  /** What was found, when the code alone does not say it. */
  readonly found?: string;
  /** Says all of it, in place of what follows from the code. */
  readonly detail?: string;
  readonly stack?: string;
  readonly retryAfterS?: number | null;
}

/**
 * What a driver rejects with when it knows how the call failed and the instance is not to blame: a
 * start fails with this code, and an instance lives on. Any other error is the instance's end.
 */
export class KnownFailure extends Error {
  readonly code: ProblemCode;
  readonly retryAfterS: number | null;

  /** @param detail what was expected, what came, and what to do */
  constructor(code: ProblemCode, detail: string, retryAfterS: number | null = null) {
    super(detail);
    this.code = code;
    this.retryAfterS = retryAfterS;
  }
}

/** What a driver rejects with when the instance has ended; how it did, `exited` says. */
export class InstanceEnded extends Error {}

/** The same, when the instance had not begun the call and its body is still whole: another may run it. */
export class NotBegun extends InstanceEnded {}

/** What a driver's error says, for the reader. */
export function describe(error: unknown): Omit<Failure, 'code'> & { readonly found: string } {
  if (error instanceof KnownFailure) {
    const { message, retryAfterS } = error;
    return { found: message, detail: message, retryAfterS };
  }
  if (!(error instanceof Error)) return { found: String(error) };
  return error.stack === undefined
    ? { found: error.message }
    : { found: error.message, stack: error.stack };
}

/** How an instance ended, for the reader. */
export function describeExit({ code, signal, fault }: Exit): ReturnType<typeof describe> {
  const found = signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`;
  return fault === undefined ? { found } : { found, detail: fault };
}

/** Why an instance left, unless it was told to. */
export function reasonOf({ outOfMemory, fault }: Exit): StopReason {
  if (outOfMemory === true) return 'out-of-memory';
  return fault === undefined ? 'crashed' : 'killed';
}

export function problemFor(failure: Failure, spec: FunctionSpec, development: boolean): Problem {
  const detail = failure.detail ?? detailOf(failure, spec);
  return problem(failure.code, detail, development ? failure.stack : undefined);
}

export function problemResponse(document: Problem, headers: HeaderList = []): ResponseMessage {
  const body = new TextEncoder().encode(JSON.stringify(document));
  return {
    status: document.status,
    headers: [
      ['content-type', 'application/problem+json'],
      ['cache-control', 'no-store'],
      ['content-length', String(body.byteLength)],
      ...headers,
    ],
    body,
  };
}

function detailOf({ code, found }: Failure, { name, file, ...limits }: FunctionSpec): string {
  switch (code) {
    case 'handler-threw':
      return `${file} threw instead of answering: ${found ?? 'it gave no reason'}. Correct it; the instance lives on, and the next call reaches it.`;
    case 'timed-out':
      return `${name} may take ${limits.maxDurationS} s and took longer, so its instance was killed. Make it faster, or raise maxDuration for ${file} in vercel.json; the next call starts a new instance.`;
    case 'out-of-memory':
      return `${name} may hold ${limits.memoryMb} MB and held more, so its instance was killed. Hold less, or raise memory for ${file} in vercel.json; the next call starts a new instance.`;
    case 'instance-died':
      return `The instance of ${name} ended before it had answered (${found ?? 'it left by itself'}). A function answers by returning a Response and never ends its own process; the next call starts a new instance.`;
    case 'start-failed':
      return `An instance of ${name} was to load ${file} and failed: ${found ?? 'it gave no reason'}. Correct the file and call again.`;
    case 'runtime-missing':
      return found ?? `Nothing on this machine runs ${limits.runtime} functions such as ${file}.`;
    case 'throttled':
      return `As many requests wait for ${name} as may wait. Call again after the time in Retry-After, and less often.`;
    case 'no-capacity':
      return `All instances of ${name} were busy for as long as a request may wait. Call again after the time in Retry-After.`;
    case 'shutting-down':
      return `The platform is leaving and takes no more requests for ${name}. Call again once it has been started anew.`;
    case 'client-closed':
      return `The caller of ${name} left before the answer was there.`;
    case 'body-too-large':
      return found ?? `The request body for ${name} is larger than the limit. Send less at once.`;
    default:
      return found ?? `${name} could not be called.`;
  }
}
