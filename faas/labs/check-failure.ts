/** How a check failed: what was expected, what came, and the call that shows it. */

import type { MessageStory } from '../schedules/message-story.ts';
import type { EntryStep } from './entry-calls.ts';

/** A call of a named function, and what came of it, both as they are written. */
export interface WrittenCall {
  /** `place({"perInstance":1}, …)` */
  readonly call: string;
  /** Null when nothing was answered. */
  readonly answer: string | null;
}

/** One call as the reader sees it beside a failure. */
export interface ShownCall {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** The calls of named functions that it brought; empty for a lab without `entry`. */
  readonly named: readonly WrittenCall[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Null when nothing was answered. */
  readonly status: number | null;
  /** Answered headers, the platform's own left out. */
  readonly answerHeaders: Readonly<Record<string, string>>;
  readonly answer: string;
  /** Lines that the function printed during this call, where it is known which call printed them. */
  readonly logs: readonly string[];
  /** Id of the call in the trace, to find its lane. */
  readonly request: string | null;
}

/** Calls that ran at once in one instance, in the order that made them fail. */
export interface ShownSchedule {
  /** The calls, as they would be written: `greet("Ada", saveVisit)`. */
  readonly calls: readonly string[];
  /** What happened, in order. Each step belongs to one of the calls. */
  readonly steps: readonly EntryStep[];
  /** Makes the same order again. */
  readonly seed: number;
  /** Which waiting step went on, at each choice; the smallest that fails. */
  readonly choices: readonly number[];
}

/** Everything that is told of a failed check, as JSON. */
export interface FailureReport {
  /** What was looked at: `the status`. */
  readonly what: string;
  readonly expected: string;
  readonly came: string;
  /** More to see, such as both sums as formulas; null when there is none. */
  readonly detail: string | null;
  readonly call: ShownCall | null;
  readonly schedule: ShownSchedule | null;
  /** What happened to some messages, where a schedule of a queue shows the mistake. @default none */
  readonly story?: MessageStory;
}

/** Thrown by a check when the function did something else than expected. */
export class CheckFailure extends Error {
  readonly report: FailureReport;

  constructor(report: Pick<FailureReport, 'what' | 'expected' | 'came'> & Partial<FailureReport>) {
    super(`Expected ${report.what}: ${report.expected}. Came: ${report.came}.`);
    this.report = { detail: null, call: null, schedule: null, ...report };
  }
}

/**
 * A value as it is written in a message; long ones are cut. `null` is also what a function comes to that
 * answers nothing, in Python `None`.
 */
export function written(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'nothing (null)';
  return cutText(JSON.stringify(value) ?? String(value));
}

/** A text as a message shows it: a long one is cut. */
export function cutText(text: string): string {
  return text.length <= 300 ? text : `${text.slice(0, 299)}…`;
}
