/**
 * The events of a trace. Every place (local, tab, cloud, recorded, simulated) emits the same events,
 * so that one set of figures draws them all.
 *
 * A request goes queued → started → done or failed. An instance goes starting → ready → stopped;
 * between ready and stopped it is busy while requests run on it and idle otherwise. Each request is
 * a span of a trace. If its caller is itself a call, that call's span is its parent, so that one
 * click through four functions is one tree.
 */

import type { ProblemCode } from '../problem.ts';
import type { Span } from './span.ts';

/** Why an instance ended. */
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

/** What an event is about. Functions and stores have instances; every subject receives calls. */
export type Subject = FunctionSubject | QueueSubject | StoreSubject | ObjectSubject | RuleSubject;

/** A revision of a function. */
export interface FunctionSubject {
  readonly kind: 'function';
  readonly name: string;
  readonly revision: string;
}

/** A queue of messages. */
export interface QueueSubject {
  readonly kind: 'queue';
  readonly name: string;
}

/** A database. */
export interface StoreSubject {
  readonly kind: 'store';
  readonly name: string;
}

/** The objects of one function. */
export interface ObjectSubject {
  readonly kind: 'object';
  /** Name of the function. */
  readonly name: string;
}

/** A check that the front door makes before a call reaches a function. */
export interface RuleSubject {
  readonly kind: 'rule';
  readonly name: string;
}

/** Whether an event is about the function of this name, whatever the revision. */
export function isOf({ subject }: { readonly subject: Subject }, name: string): boolean {
  return subject.kind === 'function' && subject.name === name;
}

interface Happened {
  /** Milliseconds since the Unix epoch, with fractions; in a simulation, since its start. */
  readonly at: number;
  readonly subject: Subject;
}

/** The ids of the call that caused the event; all absent when there is none. */
type PerhapsOfCall =
  Span | { readonly trace?: never; readonly span?: never; readonly parent?: never };

/** One event of a trace, told apart by `type`. */
export type TraceEvent = Happened &
  (
    | (Span & {
        readonly type: 'request.queued';
        readonly request: string;
        readonly method: string;
        /** As it was asked. Where another function stands in for the one asked, that one is the subject. */
        readonly url: string;
      })
    | (PerhapsOfCall & {
        readonly type: 'instance.starting';
        readonly instance: string;
        /** The request that caused it; null when a policy started it in advance. */
        readonly request: string | null;
      })
    | (PerhapsOfCall & {
        readonly type: 'instance.ready';
        readonly instance: string;
        /** From the start request until the runtime is up, in ms. */
        readonly startMs: number;
        /** Loading the function's module, in ms. */
        readonly initMs: number;
        readonly pid: number | null;
      })
    | (Span & {
        readonly type: 'request.started';
        readonly request: string;
        readonly instance: string;
        /** True if this request started the instance. */
        readonly cold: boolean;
        /** Time spent waiting in ms, without the start of its own instance. */
        readonly queueMs: number;
        /** Number of requests the instance has taken, including this one. */
        readonly served: number;
      })
    | (Span & {
        readonly type: 'request.done';
        readonly request: string;
        readonly instance: string;
        readonly status: number;
        /** Handler time until the last byte, in ms; by the instance's own clock if it has one. */
        readonly handlerMs: number;
        /** CPU time of the invocation in ms; null where it cannot be measured. */
        readonly cpuMs: number | null;
        /** Private memory of the instance after it, in MB; null where it cannot be measured. */
        readonly memoryMb: number | null;
      })
    | (Span & {
        readonly type: 'request.failed';
        readonly request: string;
        /** Null when no instance took it. */
        readonly instance: string | null;
        readonly code: ProblemCode;
        /** From handing over to failure, in ms; 0 when no instance took it. */
        readonly handlerMs: number;
      })
    | (Span & {
        /**
         * A rule of the front door has decided about the request. `answered`: from memory, or because
         * it was a preflight, so that no instance is asked. A call that the door waited too long for is
         * `refused` while it still runs.
         */
        readonly type: 'rule.passed' | 'rule.refused' | 'rule.answered';
        readonly request: string;
        readonly route: string;
        /** Null unless it was refused. */
        readonly code: ProblemCode | null;
        /** A sentence for the reader. */
        readonly why: string;
      })
    | (Span & {
        /** The beginning of an answer that is sent in parts has gone to the caller. */
        readonly type: 'request.streaming';
        readonly request: string;
        readonly instance: string;
      })
    | (PerhapsOfCall & {
        /** Stopped between two calls, with its memory kept. */
        readonly type: 'instance.frozen';
        readonly instance: string;
      })
    | (PerhapsOfCall & {
        /** Goes on, since a call is to come. */
        readonly type: 'instance.thawed';
        readonly instance: string;
      })
    | (PerhapsOfCall & {
        readonly type: 'instance.stopped';
        readonly instance: string;
        readonly reason: StopReason;
        readonly served: number;
      })
    | (PerhapsOfCall & {
        /** An object is there, whole; or it is public from now on. */
        readonly type: 'object.created' | 'object.published';
        readonly key: string;
        readonly bytes: number;
        readonly contentType: string;
        /** Of its content, lower-case hex. */
        readonly sha256: string;
      })
    | (Span & {
        /**
         * A message of a queue is brought to a function: `taken`, and handed over in a call whose span is
         * its child. Then it is `done`; or `given-up`, to be taken again; or nothing of the kind, because
         * the outcome came too `late` and somebody else has it. `set-aside`: it was taken as often as it may be.
         */
        readonly type:
          | 'message.taken'
          | 'message.done'
          | 'message.given-up'
          | 'message.late'
          | 'message.set-aside';
        /** Its place in the queue. */
        readonly message: number;
        /** Id of the event that it is. */
        readonly event: string;
        /** Its order key; null when it has none. */
        readonly key: string | null;
        /** How often it had been received. */
        readonly receives: number;
        /** For how long it is hidden from now on, in s; null when it is gone or set aside. */
        readonly hiddenS: number | null;
        /** Why it was given up or set aside, for the reader; null otherwise. */
        readonly why: string | null;
      })
    | (PerhapsOfCall & {
        readonly type: 'log';
        readonly instance: string;
        /** The request that wrote it; null when that is uncertain. */
        readonly request: string | null;
        readonly stream: 'stdout' | 'stderr';
        readonly text: string;
      })
  );
