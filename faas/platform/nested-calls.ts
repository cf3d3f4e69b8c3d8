/**
 * Calls that functions make of one another. A call that continues the trace of a call of this platform
 * was made by that call's function: the parent of its span says by which. A call that names no such
 * parent is a stranger's, and gets what strangers get. Once a call is answered, whoever has read its
 * span may continue its trace, so what follows from it is counted, and asked for no grant.
 */

import type { FunctionSpec } from '../core/function.ts';
import type { ProblemCode } from '../core/problem.ts';
import type { Span } from '../core/trace/span.ts';

/** So many calls may stand within one another: AWS stops a loop through its queues after as many (X06-40). */
export const MOST_DEEP = 16;

/** So many calls may follow from one: calls that branch, such as tries of tries, multiply. */
export const MOST_OF_ONE = 1000;

/** Calls that are remembered, also after their end: a function may answer and go on calling. */
const REMEMBERED = 5000;

/** Null where the caller may call; else why not, for the reader. */
export type WhyNoCall = (caller: FunctionSpec, callee: FunctionSpec) => string | null;

/** Why a call is not made. */
export interface NestedRefusal {
  readonly code: Extract<ProblemCode, 'not-granted' | 'loop-stopped'>;
  readonly detail: string;
}

/** What is known of a call when it comes in. */
export interface EnteredCall {
  /** Whether a function of this platform made it. */
  readonly isNested: boolean;
  readonly refusal: NestedRefusal | null;
}

interface KnownCall {
  readonly spec: FunctionSpec;
  /** 1 for a stranger's call. */
  readonly depth: number;
  /** Shared by all calls that follow from one. */
  readonly all: { calls: number };
  isAnswered: boolean;
}

const STRANGER: EnteredCall = { isNested: false, refusal: null };
const NESTED: EnteredCall = { isNested: true, refusal: null };

/** The calls of one platform, by their spans. */
export class NestedCalls {
  readonly #whyNot: WhyNoCall;
  /** In the order they came. */
  readonly #known = new Map<string, KnownCall>();

  /** @param whyNot @default every function may call every other */
  constructor(whyNot: WhyNoCall = () => null) {
    this.#whyNot = whyNot;
  }

  /** Takes note of a call, and says whether it may be made. */
  enter(spec: FunctionSpec, { span, parent }: Span): EnteredCall {
    const caller = parent === null ? undefined : this.#known.get(parent);
    if (caller === undefined) {
      this.#remember(span, { spec, depth: 1, all: { calls: 1 }, isAnswered: false });
      return STRANGER;
    }
    const refusal = this.#refusalOf(caller, spec);
    if (refusal !== null) return { isNested: true, refusal };
    caller.all.calls += 1;
    this.#remember(span, {
      spec,
      depth: caller.depth + 1,
      all: caller.all,
      isAnswered: false,
    });
    return NESTED;
  }

  /** Takes note that a call was answered. */
  answered({ span }: Span): void {
    const call = this.#known.get(span);
    if (call !== undefined) call.isAnswered = true;
  }

  #refusalOf(caller: KnownCall, spec: FunctionSpec): NestedRefusal | null {
    const { spec: by, depth, all, isAnswered } = caller;
    const why = isAnswered ? null : this.#whyNot(by, spec);
    if (why !== null) return { code: 'not-granted', detail: why };
    if (depth >= MOST_DEEP) {
      const detail = `${by.name} called ${spec.name} from ${depth} calls deep, and no more than ${MOST_DEEP} may stand within one another. Do they call each other in a circle? End it, or call from outside.`;
      return { code: 'loop-stopped', detail };
    }
    if (all.calls >= MOST_OF_ONE) {
      const detail = `${by.name} called ${spec.name}, and ${all.calls} calls have followed from one already, the most there may be. Try less often, or in one layer only.`;
      return { code: 'loop-stopped', detail };
    }
    return null;
  }

  #remember(span: string, call: KnownCall): void {
    this.#known.set(span, call);
    if (this.#known.size <= REMEMBERED) return;
    const [oldest] = this.#known.keys();
    if (oldest !== undefined) this.#known.delete(oldest);
  }
}
