/** What a pool is given, and what it asks of the driver that it is given. Types only. */

import type { Clock } from '../time/clock.ts';
import type { PoolInstance, PoolRequest, Work } from './lives.ts';
import type { ScalingPolicy } from '../scaling/policy.ts';
import type { ProblemCode } from '../problem.ts';
import type { NewId } from '../trace/ids.ts';
import type { StopReason, Subject, TraceEvent } from '../trace/trace.ts';

/**
 * What the pool asks of a driver. The answers to `start` and `run` come later, never before these
 * return; `stop` and `kill` may call `died` at once.
 */
export interface PoolPort<W extends Work = Work, M = unknown> {
  /** Bring it to life; answer with `ready` or `startFailed`. */
  start(instance: PoolInstance<W, M>): void;
  /** Hand it over; answer with `done`, `failed` or, for the whole instance, `died`. */
  run(instance: PoolInstance<W, M>, request: PoolRequest<W, M>): void;
  /** It runs nothing: let it leave by itself; answer with `died`. */
  stop(instance: PoolInstance<W, M>, reason: StopReason): void;
  /** End it now, whatever it does, also while it starts; answer with `died`. */
  kill(instance: PoolInstance<W, M>, reason: StopReason): void;
  /** The pool ended this request: its answer is this problem, and what still runs of it is void. */
  reject(request: PoolRequest<W, M>, code: ProblemCode, retryAfterS: number | null): void;
  /** After `drain`: the last request has ended and the last instance is gone. */
  drained?(): void;
}

export interface PoolOptions<W extends Work = Work, M = unknown> {
  /** Whose instances they are, for the trace. */
  readonly subject: Subject;
  readonly policy: ScalingPolicy;
  readonly port: PoolPort<W, M>;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Longest time one invocation may take; then its instance is killed. > 0. @default Infinity */
  readonly timeLimitMs?: number;
  /** Who listens to the trace. Without it the pool makes no events at all. */
  readonly emit?: (event: TraceEvent) => void;
}

/** What a driver knows of an instance that became ready. */
export interface Started {
  /** From asked-for to runtime up, in ms. */
  readonly startMs: number;
  /** Loading the function's module, in ms. */
  readonly initMs: number;
  readonly pid: number | null;
}

/** What a driver knows of a request that was answered. */
export interface Answered {
  /** HTTP status of the answer. */
  readonly status: number;
  /** CPU time in ms; null where it cannot be measured. */
  readonly cpuMs: number | null;
  /** Private memory of the instance after it, in MB; null where it cannot be measured. */
  readonly memoryMb: number | null;
  /** Time inside the handler by the instance's own clock, in ms. @default the pool's, hop included */
  readonly handlerMs?: number;
}
