/**
 * Where a function can run, behind one interface: an operating-system process behind the local
 * gateway, a worker in this tab, or a provider's cloud. Types only.
 */

import type { HeaderList, InstanceEntry, PlaceName, Timing } from '#faas/api.ts';
import type { RuleName } from '#faas/core/rules/rule-order.ts';
import type { PolicyChoice } from '#faas/core/scaling/policies.ts';
import type { TraceEvent } from '#faas/core/trace/trace.ts';
import type { RawCall, RawExchange } from './line.ts';

export type { PlaceName } from '#faas/api.ts';

/** One call of a function, as the reader asks for it. */
export interface FunctionCall {
  /** Name of the function: `/api/items/[id]`. */
  readonly function: string;
  readonly method: string;
  /** Path and query: `/api/items/42?full=1`. */
  readonly url: string;
  readonly headers: HeaderList;
  /** @default none */
  readonly body: string | null;
}

/** Where the time of a call went, in ms. Null: no time, or not known in this place. */
export interface TimeSplit extends Readonly<Record<Timing, number | null>> {
  /** All the rest, from asking to the last byte: on the way there and back. */
  readonly network: number | null;
}

/** A line that the function printed. */
export interface LogLine {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** What a rule of the front door decided about a call. */
export interface RuleNote {
  readonly rule: RuleName;
  readonly outcome: 'passed' | 'refused' | 'answered';
  /** A sentence for the reader. */
  readonly why: string;
}

/** What came of one call: all that a receipt shows. */
export interface Run {
  readonly place: PlaceName;
  readonly call: FunctionCall;
  /** When it was asked, in ms since the Unix epoch. */
  readonly at: number;
  /** From asking to the last byte, in ms. */
  readonly totalMs: number;
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: string;
  readonly split: TimeSplit;
  /** Name of the request in the trace. */
  readonly request: string | null;
  readonly instance: string | null;
  /** True if this call started the instance. */
  readonly cold: boolean | null;
  /** Requests the instance has served, this one included. */
  readonly served: number | null;
  /** From the instance being asked for to the end of the call, in ms. */
  readonly ageMs: number | null;
  readonly cpuMs: number | null;
  readonly memoryMb: number | null;
  /** SHA-256 of the source file that ran, hex. */
  readonly code: string | null;
  readonly logs: readonly LogLine[];
  /** In their order; absent where no rule has looked at the call, or the place does not tell. */
  readonly rules?: readonly RuleNote[];
}

/** An instance that lives now. */
export type LiveInstance = Pick<InstanceEntry, 'id' | 'function' | 'leavesAt'>;

/** The same call several times, on one schedule. */
export interface CallBurst {
  /** Integer ≥ 1. */
  readonly times: number;
  /** From one call to the next, in ms, whether or not the first is answered; 0: all at one moment. */
  readonly everyMs: number;
}

/**
 * What every place can do, and below it what only some can. A figure asks for the capability that it
 * needs, never for the name of the place.
 */
export interface Place {
  readonly name: PlaceName;
  /** Null when it can run this function; else why not and what to do, for the reader. */
  missing(fn: string): string | null;
  /** @throws when no answer came at all: the place is gone, or `signal` was aborted */
  call(call: FunctionCall, signal: AbortSignal): Promise<Run>;

  /**
   * What the first call of this function loads into the page; null when it is there, or nothing is
   * needed. A page that calls it unasked asks the reader first. @default nothing
   */
  loadsFirst?(fn: string): Promise<FirstLoad | null>;
  /** Why functions have no object store here, for the reader; absent where they may have one. */
  readonly noObjects?: string;

  /** What happens inside. */
  readonly trace?: Trace;
  /** The events of a call, by its name in the trace, and of all calls that functions made for it, so far. */
  tree?(request: string, signal: AbortSignal): Promise<readonly TraceEvent[]>;
  /** Instances that are alive now, of every function. */
  instances?(signal: AbortSignal): Promise<readonly LiveInstance[]>;
  readonly scaling?: Scaling;
  /**
   * One call through a front door of ours, as it goes over the line, with the cookies of this browser.
   * @throws when no whole answer came
   */
  exchange?(call: RawCall, signal: AbortSignal): Promise<RawExchange>;
  /**
   * Makes the calls of a burst itself, where a page cannot make as many at once.
   * @param onRun called with each answer
   * @throws when not all were answered
   */
  burst?(
    call: FunctionCall,
    burst: CallBurst,
    signal: AbortSignal,
    onRun: () => void,
  ): Promise<Run[]>;
}

/** What a function needs that is not in the page yet. */
export interface FirstLoad {
  /** Not compressed; most servers send a third of it. */
  readonly bytes: number;
}

/** The events of a place, as they come. */
export interface Trace {
  /** Those so far, oldest first. Only the latest are kept. */
  readonly events: readonly TraceEvent[];
  /** Calls `listener` with each event from now on, until `signal` ends. */
  watch(listener: (event: TraceEvent) => void, signal: AbortSignal): void;
}

/** How functions are scaled, and another way to scale them for a while. */
export interface Scaling {
  /** Null when the place does not know the function. */
  policyOf(fn: string, signal: AbortSignal): Promise<PolicyChoice | null>;
  /**
   * Scales a function in another way. Calls that run are finished as they were begun; the next call
   * starts from no instance.
   * @param policy null: as the place was set up
   * @throws with what to do, when the place refuses
   */
  scale(fn: string, policy: PolicyChoice | null, signal: AbortSignal): Promise<void>;
}
