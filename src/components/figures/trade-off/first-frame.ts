/** The picture that stands on the page before anything is touched: simulated when it is built. */

import { simulateCourse } from '#faas/simulation/scenario.ts';
import { CurveMemory } from './curves.ts';
import { frameOfTradeOff, type TradeOffFrame } from './frame.ts';
import { tradeOffOf } from './setup.ts';

let frame: Promise<TradeOffFrame> | undefined;

/** The same object for every page of a build. */
export function firstTradeOffFrame(): Promise<TradeOffFrame> {
  frame ??= new CurveMemory()
    .curves(tradeOffOf(new URLSearchParams()), (jobs) =>
      Promise.resolve(jobs.map(({ scenario, bins }) => simulateCourse(scenario, bins))),
    )
    .then(frameOfTradeOff);
  return frame;
}
