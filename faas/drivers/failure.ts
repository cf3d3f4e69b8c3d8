/** Turns failed calls into problem documents: what was expected, what came, and the cure. */

import type { HeaderList } from '../api.ts';
import type { FunctionSpec } from '../core/function.ts';
import { problem, type Problem, type ProblemCode, type ProblemEntry } from '../core/problem.ts';
import type { StopReason } from '../core/trace/trace.ts';
import type { Exit, ResponseMessage } from './protocol.ts';

/** Why one call got no response from its function. */
export interface Failure {
  readonly code: ProblemCode;
  /** What came, when the code alone does not say it. */
  readonly found?: string;
  /** The whole text of the problem; replaces the text derived from `code`. */
  readonly detail?: string;
  readonly stack?: string;
  readonly retryAfterS?: number | null;
  /** Further headers of the answer. */
  readonly headers?: HeaderList;
  /** What is wrong with the request, each by its place. */
  readonly errors?: readonly ProblemEntry[];
}

/**
 * A driver rejects with this when it knows how the call failed and the instance is not at fault: a
 * start fails with this code, and a running instance stays. Any other error ends the instance.
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

/** A driver rejects with this when the instance has ended; `exited` resolves with how. */
export class InstanceEnded extends Error {}

/** The instance ended before it began the call, and the body is unread: another instance may run it. */
export class NotBegun extends InstanceEnded {}

/** A driver's error for the reader: its message, and its stack if it has one. */
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

/** How an instance ended, as text for the reader. */
export function describeExit({ code, signal, fault }: Exit): ReturnType<typeof describe> {
  const found = signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`;
  return fault === undefined ? { found } : { found, detail: fault };
}

/** The stop reason in the trace for an instance that ended without being asked to. */
export function reasonOf({ outOfMemory, fault }: Exit): StopReason {
  if (outOfMemory === true) return 'out-of-memory';
  return fault === undefined ? 'crashed' : 'killed';
}

/** The problem document for a failure. Its stack is shown only in development. */
export function problemFor(failure: Failure, spec: FunctionSpec, development: boolean): Problem {
  const detail = failure.detail ?? detailOf(failure, spec);
  const document = problem(failure.code, detail, development ? failure.stack : undefined);
  return failure.errors === undefined ? document : { ...document, errors: failure.errors };
}

/** A problem document as a response, `application/problem+json` (RFC 9457), never cached. */
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
  /** Inside a sentence of ours, which ends with a full stop of its own. */
  const reason = found?.replace(/\.\s*$/, '');
  switch (code) {
    case 'handler-threw':
      return `${file} threw instead of answering: ${reason ?? 'it gave no reason'}. Correct it; the instance lives on, and the next call reaches it.`;
    case 'timed-out':
      return `${name} may take ${limits.maxDurationS} s and took longer, so its instance was killed. Make it faster, or raise maxDuration for ${file} in vercel.json; the next call starts a new instance.`;
    case 'out-of-memory':
      return `${name} may hold ${limits.memoryMb} MB and held more, so its instance was killed. Hold less, or raise memory for ${file} in vercel.json; the next call starts a new instance.`;
    case 'instance-died':
      return `The instance of ${name} ended before it had answered (${reason ?? 'it left by itself'}). A function answers by returning a Response and never ends its own process; the next call starts a new instance.`;
    case 'start-failed':
      return `An instance of ${name} was to load ${file} and failed: ${reason ?? 'it gave no reason'}. Correct the file and call again.`;
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
