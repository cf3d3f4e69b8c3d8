/** A burst that was run, as the figure shows it: by the build and by the page alike. */

import type { PolicyChoice } from '#faas/core/scaling/policies.ts';
import type { TraceEvent } from '#faas/core/trace/trace.ts';
import { comparisonTable, type Prediction } from './comparison.ts';
import { apartText, drawOverlay } from './drawing.ts';
import { compareWithModel } from './model.ts';
import { drawTook } from './took.ts';
import type { Burst } from './setup.ts';

export interface Shown {
  readonly table: string;
  readonly overlay: string;
  /** How long each call took, sorted. */
  readonly took: string;
  /** The error of the model, in a sentence. */
  readonly error: string;
}

/**
 * @param events of the function, from before the burst on
 * @param since when the burst was asked for: what was before is not its own
 * @throws when no call was answered
 */
export function shownBurst(
  events: readonly TraceEvent[],
  since: number,
  burst: Burst,
  policy: PolicyChoice,
  said: Prediction,
): Shown {
  const first = events.findIndex(({ type, at }) => type === 'request.queued' && at >= since);
  const compared = compareWithModel(events.slice(Math.max(0, first)), burst, policy);
  return {
    table: String(comparisonTable(compared, burst, said)),
    overlay: String(drawOverlay(compared)),
    took: String(drawTook(compared.took.measured)),
    error: `The model’s error: ${apartText(compared.apart)}, on average over the burst.`,
  };
}
