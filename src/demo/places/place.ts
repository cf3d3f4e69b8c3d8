/**
 * Where a function can run, behind one interface: an operating-system process behind the local
 * gateway, a worker in this tab, or a provider's cloud. Types only.
 */

import type { HeaderList, InstanceEntry, PlaceName, Timing } from '#faas/api.ts';
import type { PolicyChoice } from '#faas/core/scaling/policies.ts';
import type { TraceEvent } from '#faas/core/trace/trace.ts';

export type { PlaceName } from '#faas/api.ts';

/** One call of a function, as the reader asks for it. */
export interface Call {
  /** Name of the function: `/api/items/[id]`. */
  readonly function: string;
  readonly method: string;
  /** Path and query: `/api/items/42?full=1`. */
  readonly url: string;
  readonly headers: HeaderList;
  /** @default none */
  readonly body: string | null;
}

/** Where the time of a call went, in ms. Null: none, or this place cannot tell. */
export interface Split extends Readonly<Record<Timing, number | null>> {
  /** All the rest, from asking to the last byte: on the way there and back. */
  readonly network: number | null;
}

export interface LogLine {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** What came of one call: all that a receipt shows. */
export interface Run {
  readonly place: PlaceName;
  readonly call: Call;
  /** When it was asked, in ms since the Unix epoch. */
  readonly at: number;
  /** From asking to the last byte, in ms. */
  readonly totalMs: number;
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: string;
  readonly split: Split;
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
}

/** An instance that lives now. */
export type LiveInstance = Pick<InstanceEntry, 'id' | 'function' | 'leavesAt'>;

export interface Burst {
  /** Integer ≥ 1. */
  readonly times: number;
  /** From one call to the next, in ms, whether or not the first is answered; 0: all at one moment. */
  readonly everyMs: number;
}

export interface Place {
  readonly name: PlaceName;
  /** Null when it can run the function of this path; else why not and what to do, for the reader. */
  missing(path: string): string | null;
  /** @throws when no answer came at all: the place is gone, or `signal` was aborted */
  call(call: Call, signal: AbortSignal): Promise<Run>;
  /**
   * Many calls, where that takes more than making them one by one.
   * @param onRun told of each as it is answered
   * @throws when not all were answered
   */
  burst?(call: Call, burst: Burst, signal: AbortSignal, onRun: () => void): Promise<Run[]>;
  /** How it scales the function of this path; null where nobody can tell. */
  policy(path: string, signal: AbortSignal): Promise<PolicyChoice | null>;
  /**
   * Scales the function of this path in another way; null: as the place was set up. What runs is
   * finished as it was, and the next call begins with no instance. Absent where readers have no say.
   * @throws with what to do, when the place refuses
   */
  scale?(path: string, choice: PolicyChoice | null, signal: AbortSignal): Promise<void>;
  /** Instances that live now; null where nobody can tell. */
  instances(signal: AbortSignal): Promise<readonly LiveInstance[] | null>;
  /** What happened and what happens; empty where nobody tells. */
  readonly trace: Trace;
}

/** The events of a place, as they come. */
export interface Trace {
  /** Those so far, oldest first; the oldest are let go in time. */
  readonly events: readonly TraceEvent[];
  /** Each event from now on, until `signal` ends. */
  watch(listener: (event: TraceEvent) => void, signal: AbortSignal): void;
}
