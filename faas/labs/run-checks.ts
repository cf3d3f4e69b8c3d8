/** Runs the checks of a lab one by one and tells what came of each. */

import type { TimelineView } from '../core/trace/timeline.ts';
import { CheckFailure, type FailureReport } from './check-failure.ts';
import type { LabCheck, Level } from './lab-check.ts';
import { LabStage, type FirstAnswer, type LabFunction } from './lab-stage.ts';

/** What came of one check, as JSON. */
export interface CheckVerdict {
  readonly name: string;
  readonly level: Level;
  readonly passed: boolean;
  /** The clock ended it, and nothing wrong had been found: neither passed nor failed. */
  readonly undecided: boolean;
  /** Null when it passed. */
  readonly failure: FailureReport | null;
  /** Lines that the function printed during the check; at most 100. */
  readonly logs: readonly string[];
  /** The lanes of the check's calls. */
  readonly timeline: TimelineView;
  /** What was answered first; null when nothing was. */
  readonly first: FirstAnswer | null;
}

/** How checks are run. */
export interface RunOptions {
  readonly checks: readonly LabCheck[];
  readonly lab: LabFunction;
  /** Cancels: the check that runs is given up, and `runChecks` rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Longest time a check may take, in ms. > 0. @default 20_000 */
  readonly limitMs?: number;
  /** Called when a check begins, with `null`, and when it has ended, with its verdict. */
  readonly onProgress?: OnCheckProgress;
}

/** @param share how far a check is that takes long, from 0 to 1; with `null`, and left out at its beginning */
export type OnCheckProgress = (
  check: LabCheck,
  verdict: CheckVerdict | null,
  share?: number,
) => void;

const LIMIT_MS = 20_000;
const MOST_LINES = 100;

/** @throws when cancelled, and when a check itself is broken */
export async function runChecks(options: RunOptions): Promise<CheckVerdict[]> {
  const { checks, onProgress = () => undefined } = options;
  const verdicts: CheckVerdict[] = [];
  for (const check of checks) {
    options.signal?.throwIfAborted();
    onProgress(check, null);
    const verdict = await runCheck(check, options);
    verdicts.push(verdict);
    onProgress(check, verdict);
  }
  return verdicts;
}

async function runCheck(
  check: LabCheck,
  { lab, signal, limitMs = LIMIT_MS, onProgress }: RunOptions,
): Promise<CheckVerdict> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), limitMs);
  const ends = signal ? AbortSignal.any([signal, late.signal]) : late.signal;
  const stage = new LabStage(lab, ends, (share) => onProgress?.(check, null, share));
  try {
    const failure = await failureOf(check, stage, ends);
    signal?.throwIfAborted();
    const { name, level } = check;
    // The clock may end the search for a smaller order.
    const found = failure ?? stage.smallest?.report ?? null;
    const undecided = late.signal.aborted && found === null;
    const told = undecided ? tooLate(limitMs, stage) : found;
    const { first, timeline } = stage;
    const logs = stage.logs.slice(-MOST_LINES);
    return { name, level, passed: told === null, undecided, failure: told, logs, timeline, first };
  } finally {
    clearTimeout(timer);
    await stage.close();
  }
}

/** Null when the check holds, or was ended by the signal. */
async function failureOf(
  check: LabCheck,
  stage: LabStage,
  signal: AbortSignal,
): Promise<FailureReport | null> {
  const ended = new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  const run = async (): Promise<FailureReport | null> => {
    try {
      await check.run(stage);
      return null;
    } catch (error) {
      if (error instanceof CheckFailure) return error.report;
      if (signal.aborted) return null;
      throw error;
    }
  };
  return Promise.race([run(), ended]);
}

function tooLate(limitMs: number, { shown, logs, orders }: LabStage): FailureReport {
  const line = logs.at(-1);
  const far =
    orders === null
      ? []
      : [`${orders.right} of ${orders.of} orders were tried, all of them right.`];
  const printed = line === undefined ? [] : [`The last line that was printed: ${line}`];
  return {
    what: 'an end',
    expected: `within ${limitMs / 1000} s`,
    came: 'not decided: the time was over, and nothing wrong was found until then',
    detail: [
      ...far,
      'Either this machine is busy: check again when less runs on it. Or your code waits for something that never comes.',
      ...printed,
    ].join('\n'),
    call: shown,
    schedule: null,
  };
}
