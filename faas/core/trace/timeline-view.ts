/** What a figure is given to draw: lanes, requests and counts. Times are those of the trace. */

import type { ProblemCode } from '../problem.ts';
import type { StopReason, Subject } from './trace.ts';

interface Period {
  readonly fromMs: number;
  /** Null while it lasts. */
  readonly toMs: number | null;
}

/** A stretch of an instance's life. Those of one kind but `busy` never overlap. */
export type Segment = Period &
  (
    | { readonly is: 'start' }
    | { readonly is: 'init' }
    | { readonly is: 'idle' }
    | {
        readonly is: 'busy';
        readonly request: string;
        readonly cold: boolean;
        /** Among the requests that run beside it on this instance: the lowest place that was free. */
        readonly slot: number;
        /** How it failed; null while it runs and when it was answered. */
        readonly code: ProblemCode | null;
      }
  );

export interface Lane {
  readonly instance: string;
  readonly subject: Subject;
  /** When it was asked for, or when the trace first speaks of it. */
  readonly fromMs: number;
  /** The request that it was started for; null when ahead of need, or unknown. */
  readonly startedFor: string | null;
  /** In order of their beginning. */
  readonly segments: readonly Segment[];
  /** Most requests it ran at once. */
  readonly slots: number;
  readonly served: number;
  /** Null while it lives. */
  readonly end: { readonly atMs: number; readonly reason: StopReason } | null;
}

export interface RequestMark {
  readonly request: string;
  readonly subject: Subject;
  readonly method: string;
  readonly url: string;
  readonly queuedMs: number;
  /** Until when it was in the queue; equal to `queuedMs` if it never was, null while it is. */
  readonly queuedUntilMs: number | null;
  /** When it was handed over; null before, and if it never was. */
  readonly startedMs: number | null;
  readonly endedMs: number | null;
  readonly instance: string | null;
  readonly cold: boolean;
  /** HTTP status, or null while it runs and when it failed. */
  readonly status: number | null;
  readonly code: ProblemCode | null;
}

/** How many there were from `atMs` on, until the next. */
export interface Count {
  readonly atMs: number;
  readonly starting: number;
  readonly busy: number;
  readonly idle: number;
  /** Requests in the queue; those that wait for the instance they started are not. */
  readonly queued: number;
  readonly running: number;
}

export interface TimelineView {
  readonly fromMs: number;
  readonly toMs: number;
  /** In order of their beginning. */
  readonly lanes: readonly Lane[];
  readonly requests: readonly RequestMark[];
  readonly counts: readonly Count[];
}
