/** The day that stands on the page before anything is touched: simulated once, when it is built. */

import { simulateCourse } from '#faas/simulation/scenario.ts';
import { shown, type Shown } from './conduct.ts';
import { outcomeOf } from './outcome.ts';
import { FIRST_BINS, firstDay, jobsOf, paceOf } from './setup.ts';

let frame: Shown | undefined;

export function firstFrame(): Shown {
  if (frame) return frame;
  const day = firstDay();
  const pace = paceOf(day);
  const courses = jobsOf(day, pace, FIRST_BINS).map(({ scenario, bins }) =>
    simulateCourse(scenario, bins),
  );
  frame = shown(outcomeOf(day, courses, pace));
  return frame;
}
