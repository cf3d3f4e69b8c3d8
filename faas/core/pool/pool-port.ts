/** The options of a pool, and the port through which it commands a driver. Types only. */

import type { Clock } from '../time/clock.ts';
import type { PoolInstance, PoolRequest, Work } from './lives.ts';
import type { ScalingPolicy } from '../scaling/policy.ts';
import type { ProblemCode } from '../problem.ts';
import type { NewId } from '../trace/ids.ts';
import type { StopReason, Subject, TraceEvent } from '../trace/trace.ts';

/**
 * The pool's commands to a driver. The driver reports back on the pool: after `start` and `run`
 * only once these have returned; `stop` and `kill` may call `died` synchronously.
 */
export interface PoolPort<W extends Work = Work, M = unknown> {
  /** Start the instance; report `ready` or `startFailed`. */
  start(instance: PoolInstance<W, M>): void;
  /** Run the request; report `done`, `failed` or, for the whole instance, `died`. */
  run(instance: PoolInstance<W, M>, request: PoolRequest<W, M>): void;
  /** Stop an idle instance gracefully; report `died`. */
  stop(instance: PoolInstance<W, M>, reason: StopReason): void;
  /** End the instance at once, even while it starts or runs; report `died`. */
  kill(instance: PoolInstance<W, M>, reason: StopReason): void;
  /** The pool ended this request: answer with this problem and ignore any later result. */
  reject(request: PoolRequest<W, M>, code: ProblemCode, retryAfterS: number | null): void;
  /** Called after `drain`, when the last request has ended and the last instance is gone. */
  drained?(): void;
}

/** What a pool is made with. */
export interface PoolOptions<W extends Work = Work, M = unknown> {
  /** The owner of the instances, for the trace. */
  readonly subject: Subject;
  readonly policy: ScalingPolicy;
  readonly port: PoolPort<W, M>;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Time limit of one invocation in ms; beyond it the instance is killed. > 0. @default Infinity */
  readonly timeLimitMs?: number;
  /** Receives the trace events. Without it the pool creates none. */
  readonly emit?: (event: TraceEvent) => void;
}

/** The driver's report on an instance that became ready. */
export interface Started {
  /** From asked-for to runtime up, in ms. */
  readonly startMs: number;
  /** Loading the function's module, in ms. */
  readonly initMs: number;
  readonly pid: number | null;
}

/** The driver's report on a request that was answered. */
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
