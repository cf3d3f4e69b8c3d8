/** The recorded run of a demo in a lesson, or an error that names the lesson's line. */

import type { FunctionSpec } from '#faas/core/function.ts';
import { authorError } from '#src/errors/author-error.ts';
import { quoted, suggest } from '#src/errors/nearest.ts';
import type { CallPlan } from '#src/demo/places/call-plan.ts';
import { problemOf } from '#src/demo/receipt/answer.ts';
import { observation, pointersOf, saysObserved } from '#src/demo/receipt/observation.ts';
import { refillMs } from './door-refill.ts';
import { record, type Recording } from './record.ts';

/** A demo as its author wrote it. */
export interface RecordedDemo {
  /** As the author named it. */
  readonly id: string;
  /** The lesson's file from the project root; undefined on other pages. */
  readonly file: string | undefined;
  /** Statuses that the function must answer. */
  readonly expect: readonly number[];
  /** What its prediction is laid beside, if it has one. */
  readonly observe?: string | undefined;
  /** The answers that its prediction offers; absent where the reader writes one. */
  readonly options?: readonly string[] | undefined;
}

/** What the page has instead of a recording. */
export interface Unrecorded {
  /** Why, and what to do, for the reader. */
  readonly reason: string;
}

/** In development a page is rendered at every change; a run of the same code need not be made again. */
const made = new Map<string, Promise<Recording | Unrecorded>>();

/**
 * @throws with the lesson's line, when the function answers another status than expected, when there
 *   is nothing where `observe` looks, and when what was observed is none of the options
 */
export function recordDemo(
  plan: CallPlan,
  spec: FunctionSpec,
  demo: RecordedDemo,
): Promise<Recording | Unrecorded> {
  const key = JSON.stringify([plan, spec.code, demo]);
  const recording = (import.meta.env.DEV && made.get(key)) || recordNow(plan, spec, demo);
  recording.catch(() => made.delete(key));
  made.set(key, recording);
  return recording;
}

/** A machine that is busy with other work can be too late for a limit once; twice is a mistake. */
const ATTEMPTS = 2;

async function recordNow(
  plan: CallPlan,
  { route }: FunctionSpec,
  demo: RecordedDemo,
): Promise<Recording | Unrecorded> {
  const origin = process.env['FAAS_ORIGIN'];
  if (origin === undefined) {
    throw new Error(
      'Expected FAAS_ORIGIN to name the gateway that demos are recorded with. `npm run build` and `npm run dev` set it.',
    );
  }
  const length = import.meta.env.PROD ? 'whole' : 'quick';
  let mistake: Mistake | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const again = { isAgain: attempt > 0, refillMs: () => refillMs(route) };
    const recording = await record(plan, { origin, length, ...again });
    const problems = recording.runs.map(problemOf);
    const missing = problems.find((problem) => problem?.code === 'runtime-missing');
    if (missing) return { reason: missing.detail };
    mistake =
      wrongStatus(recording, demo) ??
      nothingThere(recording, demo) ??
      (length === 'whole' ? missingOption(recording, demo) : undefined);
    if (mistake === undefined) return recording;
  }
  throw authorError({
    file: demo.file,
    tag: 'Demo',
    attribute: 'id',
    value: demo.id,
    problem: mistake?.problem ?? '',
    cure: mistake?.cure ?? '',
  });
}

interface Mistake {
  readonly problem: string;
  readonly cure: string;
}

function wrongStatus({ runs }: Recording, { expect }: RecordedDemo): Mistake | undefined {
  const run = runs.find(({ status }) => !expect.includes(status));
  if (run === undefined) return undefined;
  const { call, status } = run;
  const said = problemOf(run)?.detail ?? run.body.slice(0, 200);
  return {
    problem: `${call.method} ${call.url} answered ${status}, not ${expect.join(' or ')}. ${said}`,
    cure: `Correct the request or the function; if this is what readers are to see, add expect={${status}}.`,
  };
}

/** It is computed from the run's bill, and every run has one. */
const OF_THE_BILL = 'clicks-for-a-dollar';

function nothingThere({ runs }: Recording, { observe }: RecordedDemo): Mistake | undefined {
  if (observe === undefined || observe === OF_THE_BILL) return undefined;
  if (observation(runs, observe) !== null) return undefined;
  const first = runs.find((run) => problemOf(run) === null);
  // The platform answered in the function's place, as this demo expects: on a busy machine, of all calls.
  if (first === undefined) return undefined;
  return {
    problem: `observe="${observe}" finds nothing in the answer: ${first.body.slice(0, 200)}`,
    cure: suggest(observe, pointersOf(first.body), 'the answer'),
  };
}

/**
 * Only a run that began with no instance, on a machine that was calm, shows what readers will see.
 */
function missingOption(
  { runs, calm }: Recording,
  { observe, options }: RecordedDemo,
): Mistake | undefined {
  if (observe === undefined || options === undefined || observe === OF_THE_BILL || !calm)
    return undefined;
  const observed = observation(runs, observe);
  if (observed === null || options.some((option) => saysObserved(option, observed)))
    return undefined;
  return {
    problem: `The recorded run shows "${observed}", and no option of the prediction says that: ${quoted(options)}.`,
    cure: `Write it among the options, or correct what is asked or observed.`,
  };
}
