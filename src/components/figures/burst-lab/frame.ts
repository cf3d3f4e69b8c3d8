/** What the figure shows of a burst that was run: drawn by the build and by the page alike. */

import type { PolicyChoice } from '#faas/core/scaling/policies.ts';
import type { TraceEvent } from '#faas/core/trace/trace.ts';
import { apartText, drawBurst } from './draw.ts';
import { compareWithModel } from './model.ts';
import { slowOnes, type BurstGuess, type BurstSetup } from './setup.ts';
import { drawSortedCalls } from './sorted-calls.ts';
import { burstTable } from './table.ts';

/** A burst as HTML and one sentence. */
export interface BurstFrame {
  /** HTML of the figure's parts, by their names. */
  readonly html: Readonly<Record<'table' | 'overlay' | 'took', string>>;
  /** The error of the model, in a sentence. */
  readonly error: string;
  /** Which calls were slow, in the words of the prediction. */
  readonly slow: string;
}

/**
 * @param events of the function, from before the burst on
 * @param since when the burst was asked for: what was before is not its own
 * @throws when no call was answered
 */
export function frameOfBurst(
  events: readonly TraceEvent[],
  since: number,
  burst: BurstSetup,
  policy: PolicyChoice,
  guess: BurstGuess,
): BurstFrame {
  const first = events.findIndex(({ type, at }) => type === 'request.queued' && at >= since);
  const compared = compareWithModel(events.slice(Math.max(0, first)), burst, policy);
  return {
    html: {
      table: String(burstTable(compared, burst, guess)),
      overlay: String(drawBurst(compared)),
      took: String(drawSortedCalls(compared.took.measured)),
    },
    error: `The model’s error: ${apartText(compared.apart)}, on average over the burst.`,
    slow: slowOnes(compared.slow.measured, burst.calls),
  };
}
