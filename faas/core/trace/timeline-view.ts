/** The data that figures draw: lanes, requests and counts. Times are those of the trace. */

import type { ProblemCode } from '../problem.ts';
import type { StopReason, Subject } from './trace.ts';

interface Period {
  readonly fromMs: number;
  /** Null while it lasts. */
  readonly toMs: number | null;
}

/** A period of an instance's life. Only `busy` segments can overlap others of their kind. */
export type Segment = Period &
  (
    | { readonly is: 'start' }
    | { readonly is: 'init' }
    | { readonly is: 'idle' }
    /** Idle, and stopped: not even a timer runs. */
    | { readonly is: 'frozen' }
    | {
        readonly is: 'busy';
        readonly request: string;
        readonly cold: boolean;
        /** The lowest slot that was free among the requests running on this instance; from 0. */
        readonly slot: number;
        /** When the beginning of an answer in parts was sent; null when it was sent whole, or not yet. */
        readonly firstByteMs: number | null;
        /** The problem that it failed with; null while it runs and when it was answered. */
        readonly code: ProblemCode | null;
      }
  );

/** One instance over time. */
export interface Lane {
  readonly instance: string;
  readonly subject: Subject;
  /** When its start was requested, or when it first appears in the trace. */
  readonly fromMs: number;
  /** The request that it was started for; null when a policy started it, or unknown. */
  readonly startedFor: string | null;
  /** In order of start time. */
  readonly segments: readonly Segment[];
  /** Most requests it ran at once. */
  readonly slots: number;
  readonly served: number;
  /** Null while it lives. */
  readonly end: { readonly atMs: number; readonly reason: StopReason } | null;
}

/** One request over time. */
export interface RequestMark {
  readonly request: string;
  readonly subject: Subject;
  readonly method: string;
  readonly url: string;
  readonly queuedMs: number;
  /** When it left the queue; equal to `queuedMs` if it was never queued, null while it is. */
  readonly queuedUntilMs: number | null;
  /** When it was handed to its instance; null if that has not happened. */
  readonly startedMs: number | null;
  readonly endedMs: number | null;
  readonly instance: string | null;
  readonly cold: boolean;
  /** HTTP status; null while it runs and when it failed. */
  readonly status: number | null;
  readonly code: ProblemCode | null;
}

/** The counts from `atMs` until the next entry. */
export interface Count {
  readonly atMs: number;
  readonly starting: number;
  readonly busy: number;
  readonly idle: number;
  /** Requests in the queue, without those bound to the instance that they started. */
  readonly queued: number;
  readonly running: number;
}

/** A trace arranged for drawing. */
export interface TimelineView {
  readonly fromMs: number;
  readonly toMs: number;
  /** In order of start time. */
  readonly lanes: readonly Lane[];
  readonly requests: readonly RequestMark[];
  readonly counts: readonly Count[];
}
