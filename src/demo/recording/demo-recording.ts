/** The recorded run of a demo in a lesson, or an error that names the lesson's line. */

import type { FunctionSpec } from '#faas/core/function.ts';
import { authorError } from '#src/errors/author-error.ts';
import type { Run } from '#src/demo/places/place.ts';
import type { CallPlan } from '#src/demo/places/call-plan.ts';
import { problemOf } from '#src/demo/receipt/answer.ts';
import { record, type Recording } from './record.ts';

/** A demo as its author wrote it. */
export interface RecordedDemo {
  /** As the author named it. */
  readonly id: string;
  /** The lesson's file from the project root; undefined on other pages. */
  readonly file: string | undefined;
  /** Statuses that the function must answer. */
  readonly expect: readonly number[];
}

/** What the page has instead of a recording. */
export interface Unrecorded {
  /** Why, and what to do, for the reader. */
  readonly reason: string;
}

/** In development a page is rendered at every change; a run of the same code need not be made again. */
const made = new Map<string, Promise<Recording | Unrecorded>>();

/** @throws with the lesson's line, when the function answers another status than expected */
export function recordDemo(
  plan: CallPlan,
  spec: FunctionSpec,
  demo: RecordedDemo,
): Promise<Recording | Unrecorded> {
  const key = JSON.stringify([plan, spec.code, demo]);
  const recording = (import.meta.env.DEV && made.get(key)) || recordNow(plan, demo);
  recording.catch(() => made.delete(key));
  made.set(key, recording);
  return recording;
}

/** A machine that is busy with other work can be too late for a limit once; twice is a mistake. */
const ATTEMPTS = 2;

async function recordNow(plan: CallPlan, demo: RecordedDemo): Promise<Recording | Unrecorded> {
  const origin = process.env['FAAS_ORIGIN'];
  if (origin === undefined) {
    throw new Error(
      'Expected FAAS_ORIGIN to name the gateway that demos are recorded with. `npm run build` and `npm run dev` set it.',
    );
  }
  const length = import.meta.env.PROD ? 'whole' : 'quick';
  let unexpected: Run | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const recording = await record(plan, { origin, length });
    const problems = recording.runs.map(problemOf);
    const missing = problems.find((problem) => problem?.code === 'runtime-missing');
    if (missing) return { reason: missing.detail };
    unexpected = recording.runs.find(({ status }) => !demo.expect.includes(status));
    if (!unexpected) return recording;
  }
  throw mistake(demo, unexpected);
}

function mistake({ id, file, expect }: RecordedDemo, run: Run | undefined): Error {
  const status = String(run?.status);
  const said = run ? (problemOf(run)?.detail ?? run.body.slice(0, 200)) : '';
  return authorError({
    file,
    tag: 'Demo',
    attribute: 'id',
    value: id,
    problem: `${run?.call.method ?? ''} ${run?.call.url ?? ''} answered ${status}, not ${expect.join(' or ')}. ${said}`,
    cure: `Correct the request or the function; if this is what readers are to see, add expect={${status}}.`,
  });
}
