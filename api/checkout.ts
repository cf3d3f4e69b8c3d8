/** A checkout, orchestrated: one function calls the four, keeps a log, and undoes what a failure left behind. */

import { HOPS, knobsOf } from './_lib/checkout-knobs.ts';
import { failed } from './_lib/hop.ts';
import { HopCalls } from './_lib/hop-calls.ts';
import { runSaga, type SagaEntry } from './_lib/saga.ts';

// #region handler
export async function POST(request: Request): Promise<Response> {
  const knobs = knobsOf(request);
  if (knobs instanceof Response) return knobs;
  const calls = new HopCalls(request, knobs);
  const log: SagaEntry[] = [];

  const { end, why } = await runSaga(HOPS, {
    act: (step) => calls.call(step),
    undo: (step) => calls.undo(step),
    note: (entry) => {
      log.push(entry);
      console.log(`${knobs.order} ${entry.step} ${entry.is}`);
    },
  });
  if (end === 'done') return Response.json({ end, calls: calls.counts, log });
  return failed(502, why, calls.counts, { end, log });
}
// #endregion
