/** A live run of a demo, from its plan to the receipt. Loaded at the first run. */

import type { CallPlan } from '#src/demo/places/call-plan.ts';
import {
  placeFor,
  provenanceOf,
  runForReader,
  type ReaderRunOptions,
} from '#src/demo/places/reader-run.ts';
import type { Run } from '#src/demo/places/place.ts';
import { billOf, clicksForADollar, foldedBill } from '#src/demo/receipt/bill.ts';
import { isKeptOut } from '#src/demo/receipt/door-line.ts';
import { saysObserved, observation } from '#src/demo/receipt/observation.ts';
import { whatItCost, whatRan, type ReceiptFolds } from '#src/demo/receipt/receipt.ts';
import { duration } from '#src/format/duration.ts';
import { counted } from '#src/format/number.ts';
import type { DemoVariant } from './setup.ts';

/** What is run, and what was predicted about it. */
export interface DemoTrial {
  readonly plan: CallPlan;
  readonly variant: DemoVariant;
  /** What the prediction is about; null when nothing is predicted. */
  readonly observe: string | null;
  /** Every option there was to choose, or the text that was typed. */
  readonly guesses: readonly string[];
  /** What has not been taught yet waits behind folds. */
  readonly folds: ReceiptFolds;
}

/** A run of a demo, ready for the page. */
export interface DemoResult {
  readonly runs: readonly Run[];
  /** HTML of the two halves of the receipt. */
  readonly ran: string;
  readonly cost: string;
  /** What was seen of what was to be predicted, and which guesses say the same; null when nothing was. */
  readonly observed: { readonly text: string; readonly right: readonly string[] } | null;
  /** One sentence, for screen readers. */
  readonly said: string;
  /** Where and when it ran. */
  readonly provenance: string;
  /** SHA-256 of the source that ran; null where the place does not report it. */
  readonly code: string | null;
}

/** @throws with what to do, when the run cannot be made */
export async function runDemo(
  { plan, variant, observe, guesses, folds }: DemoTrial,
  options: ReaderRunOptions,
): Promise<DemoResult> {
  const place = await placeFor(plan.call.function);
  const { runs } = await runForReader(place, plan, options);
  const receipt = {
    runs,
    observe,
    code: variant.code,
    kind: 'live' as const,
    folds,
    bill: (folds.prices ? foldedBill : billOf)(runs, variant.memoryMb, 'lines'),
  };
  const text = observedIn(runs, observe, variant.memoryMb);
  return {
    runs,
    ran: String(whatRan(receipt)),
    cost: String(whatItCost(receipt)),
    observed:
      text === null ? null : { text, right: guesses.filter((guess) => saysObserved(guess, text)) },
    said: sentence(runs),
    provenance: provenanceOf(place),
    code: runs.findLast((run) => run.code !== null)?.code ?? null,
  };
}

/** What there was to predict, in the words of a prediction. */
function observedIn(runs: readonly Run[], observe: string | null, memoryMb: number): string | null {
  if (observe === 'clicks-for-a-dollar') return clicksForADollar(runs, memoryMb);
  return observe === null ? null : observation(runs, observe);
}

function sentence(runs: readonly Run[]): string {
  const [run] = runs;
  const cold = runs.filter((one) => one.cold === true).length;
  if (runs.length === 1 && run) {
    const start = run.cold === null ? '' : run.cold ? ', cold start' : ', warm';
    return `Status ${run.status}${start}, ${duration(run.totalMs)}.`;
  }
  const keptOut = runs.filter(isKeptOut).length;
  const failed = runs.filter((one) => one.status >= 400).length - keptOut;
  const door = keptOut === 0 ? '' : `, ${keptOut} kept out by the front door`;
  return `${counted(runs.length, 'call')} answered, ${counted(cold, 'cold start')}, ${failed} failed${door}.`;
}
