/** A live run of a demo, from choosing a place to the receipt. Loaded at the first run. */

import { currentPlace } from '#src/demo/places/choose.ts';
import { PLACE_NAMES } from '#src/demo/places/names.ts';
import type { Place, Run } from '#src/demo/places/place.ts';
import { explain, progressText } from '#src/demo/places/progress-text.ts';
import { runPlan, type CallPlan } from '#src/demo/places/call-plan.ts';
import { billOf, foldedBill } from '#src/demo/receipt/bill.ts';
import { observation } from '#src/demo/receipt/observation.ts';
import { whatItCost, whatRan } from '#src/demo/receipt/receipt.ts';
import { timeOfDay } from '#src/format/date.ts';
import { duration } from '#src/format/duration.ts';
import { counted } from '#src/format/number.ts';
import type { Setup, Variant } from './setup.ts';

export interface Outcome {
  readonly runs: readonly Run[];
  /** HTML of the two halves of the receipt. */
  readonly ran: string;
  readonly cost: string;
  /** What there was to predict, in the words a prediction uses; null when nothing was. */
  readonly observed: string | null;
  /** One sentence, for those who hear the page. */
  readonly said: string;
  /** Where and when it ran. */
  readonly provenance: string;
  /** SHA-256 of the source that ran; null where nobody tells. */
  readonly code: string | null;
}

export interface Hooks {
  readonly signal: AbortSignal;
  readonly onProgress: (text: string, finished: number) => void;
  /** The trace from here on is this run's. */
  readonly onStart: (place: Place, since: number) => void;
}

/** @throws with what to do, when the run cannot be made */
export async function conduct(
  setup: Setup,
  variant: Variant,
  plan: CallPlan,
  { signal, onProgress, onStart }: Hooks,
): Promise<Outcome> {
  const place = await currentPlace();
  const missing = place.missing(plan.call.function);
  if (missing !== null) throw new Error(missing);
  onStart(place, Date.now());
  const runs = await runPlan(place, plan, signal, (progress) =>
    onProgress(progressText(progress, place.name), progress.finished),
  ).catch(explain);
  const { observe } = setup;
  const receipt = {
    runs,
    observe,
    code: variant.code,
    kind: 'live' as const,
    bill: (setup.foldsPrices ? foldedBill : billOf)(runs, variant.memoryMb, 'lines'),
  };
  return {
    runs,
    ran: String(whatRan(receipt)),
    cost: String(whatItCost(receipt)),
    observed: observe === null ? null : observation(runs, observe),
    said: sentence(runs),
    provenance: `Live ${PLACE_NAMES[place.name].where}, ${timeOfDay(new Date())}.`,
    code: runs.findLast((run) => run.code !== null)?.code ?? null,
  };
}

function sentence(runs: readonly Run[]): string {
  const [run] = runs;
  const cold = runs.filter((one) => one.cold === true).length;
  if (runs.length === 1 && run) {
    const start = run.cold === null ? '' : run.cold ? ', cold start' : ', warm';
    return `Status ${run.status}${start}, ${duration(run.totalMs)}.`;
  }
  const failed = runs.filter((one) => one.status >= 400).length;
  return `${counted(runs.length, 'call')} answered, ${counted(cold, 'cold start')}, ${failed} failed.`;
}
