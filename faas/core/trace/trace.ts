/**
 * The trace: what happened, as it happened. Every place (local, tab, cloud, recorded, simulated)
 * tells its story in these events, so that one set of figures draws them all.
 *
 * A request goes queued → started → done or failed. An instance goes starting → ready → stopped;
 * between ready and stopped it is busy while requests run on it and idle otherwise.
 */

import type { ProblemCode } from '../problem.ts';

/** Why an instance is no more. */
export type StopReason =
  | 'idle' // its keep-alive ran out
  | 'surplus' // the policy wanted fewer
  | 'timed-out' // killed with the invocation that overran
  | 'out-of-memory' // killed over its memory limit
  | 'crashed' // it left by itself, or by a signal that was not ours
  | 'start-failed' // it never became ready
  | 'replaced' // its source or its policy changed
  | 'killed' // by an operator or a fault that a lesson asked for
  | 'shutdown'; // the platform is leaving

interface At {
  /** Milliseconds since the Unix epoch, with fractions; in a simulation, since its start. */
  readonly at: number;
  /** Name of the function: `/api/counter`. */
  readonly function: string;
}

export type TraceEvent = At &
  (
    | {
        readonly type: 'request.queued';
        readonly request: string;
        readonly method: string;
        readonly url: string;
      }
    | {
        readonly type: 'instance.starting';
        readonly instance: string;
        /** The request that caused it; null when a policy started it ahead of need. */
        readonly request: string | null;
      }
    | {
        readonly type: 'instance.ready';
        readonly instance: string;
        /** From asked-for to runtime up, in ms. */
        readonly startMs: number;
        /** Loading the function's module, in ms. */
        readonly initMs: number;
        readonly pid: number | null;
      }
    | {
        readonly type: 'request.started';
        readonly request: string;
        readonly instance: string;
        /** True if this request started the instance. */
        readonly cold: boolean;
        /** Waiting that was not the start of its own instance, in ms. */
        readonly queueMs: number;
        /** How many requests the instance has taken, this one included. */
        readonly served: number;
      }
    | {
        readonly type: 'request.done';
        readonly request: string;
        readonly instance: string;
        readonly status: number;
        /** Inside the handler, to the last byte, in ms; by the instance's own clock where it has one. */
        readonly handlerMs: number;
        /** CPU time of the invocation in ms; null where it cannot be measured. */
        readonly cpuMs: number | null;
        /** Private memory of the instance after it, in MB; null where it cannot be measured. */
        readonly memoryMb: number | null;
      }
    | {
        readonly type: 'request.failed';
        readonly request: string;
        /** Null when no instance took it. */
        readonly instance: string | null;
        readonly code: ProblemCode;
        /** From handed over to failure; 0 when no instance took it. */
        readonly handlerMs: number;
      }
    | {
        readonly type: 'instance.stopped';
        readonly instance: string;
        readonly reason: StopReason;
        readonly served: number;
      }
    | {
        readonly type: 'log';
        readonly instance: string;
        /** The request that wrote it, when it is certain. */
        readonly request: string | null;
        readonly stream: 'stdout' | 'stderr';
        readonly text: string;
      }
  );

export type TraceEventType = TraceEvent['type'];
