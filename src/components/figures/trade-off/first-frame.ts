/** The picture that stands on the page before anything is touched: simulated when it is built. */

import { simulateCourse } from '#faas/simulation/scenario.ts';
import { shown, TradeOffs, type Shown } from './conduct.ts';
import { dialsOf } from './dials.ts';

let frame: Promise<Shown> | undefined;

export function firstFrame(): Promise<Shown> {
  frame ??= new TradeOffs()
    .curves(dialsOf(new URLSearchParams()), (jobs) =>
      Promise.resolve(jobs.map(({ scenario, bins }) => simulateCourse(scenario, bins))),
    )
    .then(shown);
  return frame;
}
