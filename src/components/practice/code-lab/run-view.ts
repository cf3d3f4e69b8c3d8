/** What one run came to: its answer, its time, what it printed, and its instance's lane. */

import { Timeline } from '#faas/core/trace/timeline.ts';
import type { TraceEvent } from '#faas/core/trace/trace.ts';
import type { Run } from '#src/demo/places/place.ts';
import { whatItCost, whatRan } from '#src/demo/receipt/receipt.ts';
import { frameOfLanes } from '#figures/instance-lanes/frame.ts';
import { html, Markup } from '#src/components/markup.ts';

/** @param lab id of the lab's element: the drawing's patterns are found by it */
export function runView(run: Run, trace: readonly TraceEvent[], lab: string): string {
  const receipt = {
    runs: [run],
    observe: null,
    kind: 'live' as const,
    code: run.code ?? '',
    folds: { prices: true },
    bill: null,
  };
  const { drawing } = frameOfLanes(new Timeline(trace).at(Date.now()), null, `${lab}-run`);
  return String(
    html`<div class="lab-ran">${whatRan(receipt)}${whatItCost(receipt)}<div class="lab-lanes">${new Markup(drawing)}</div></div>`,
  );
}
