/** A plan of calls, made where functions run for this reader. Loaded with a figure's first run. */

import { timeOfDay } from '#src/format/date.ts';
import { announceRun } from './announce.ts';
import { runInTurn, runPlan, type CallPlan } from './call-plan.ts';
import { currentPlace } from './choose.ts';
import { PLACE_NAMES } from './names.ts';
import type { Place, Run } from './place.ts';
import { progressText } from './progress-text.ts';

/** Which figure runs, until when, and what it shows meanwhile. */
export interface ReaderRunOptions {
  /** Id of the figure: others on the page follow its runs. */
  readonly figure: string;
  readonly signal: AbortSignal;
  /** @param share of the calls that were answered, from 0 to 1 */
  readonly onProgress: (share: number, text: string) => void;
}

/** What came of the calls of one plan. */
export interface ReaderRun {
  /** In the order they were asked. */
  readonly runs: readonly Run[];
  /** When the first was asked, in ms since the Unix epoch. */
  readonly since: number;
}

/** The place that runs a function for this reader. @throws with what to do, when none can */
export async function placeFor(fn: string): Promise<Place> {
  const place = await currentPlace();
  const missing = place.missing(fn);
  if (missing !== null) throw new Error(missing);
  return place;
}

/** @throws with what to do, when a call got no answer */
export async function runForReader(
  place: Place,
  plan: CallPlan,
  { figure, signal, onProgress }: ReaderRunOptions,
): Promise<ReaderRun> {
  const since = Date.now();
  announceRun(figure, { place, function: plan.call.function, since });
  const runs = await runPlan(place, plan, signal, (progress) =>
    onProgress(progress.finished / progress.calls, progressText(progress, place.name)),
  ).catch(rethrowInWords);
  return { runs, since };
}

/** Calls of several functions by turns. @throws with what to do, when a call got no answer */
export async function runInTurnForReader(
  place: Place,
  plans: readonly CallPlan[],
  { figure, signal, onProgress }: ReaderRunOptions,
): Promise<readonly (readonly Run[])[]> {
  const since = Date.now();
  for (const { call } of plans) announceRun(figure, { place, function: call.function, since });
  const calls = plans.reduce((sum, plan) => sum + plan.calls, 0);
  const tell = (finished: number): void =>
    onProgress(finished / calls, progressText({ living: null, finished, calls }, place.name));
  return runInTurn(place, plans, signal, tell).catch(rethrowInWords);
}

/** Where and when a run was made, for the reader: `Live in this tab, 14:30:05.` @param how `scaled by kpa` */
export function provenanceOf({ name }: Place, how?: string): string {
  const said = [`Live ${PLACE_NAMES[name].where}`, how, timeOfDay(new Date())];
  return `${said.filter((part) => part !== undefined).join(', ')}.`;
}

/** Says in words that a call broke off. @throws always */
export function rethrowInWords(error: unknown): never {
  // A browser says of a call that broke off only that it did.
  if (!(error instanceof TypeError)) throw error;
  throw new Error(
    `No answer came (${error.message}). Is the platform still running? Start it again with npm start, then press Run.`,
    { cause: error },
  );
}
