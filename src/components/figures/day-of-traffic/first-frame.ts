/** The day that stands on the page before anything is touched: simulated once, when it is built. */

import { simulateCourse } from '#faas/simulation/scenario.ts';
import { frameOfDay, type DayFrame } from './frame.ts';
import { outcomeOf } from './outcome.ts';
import { dayJobs, FIRST_BINS, firstDay, paceOf } from './setup.ts';

let frame: DayFrame | undefined;

/** The same object for every page of a build. */
export function firstDayFrame(): DayFrame {
  if (frame) return frame;
  const day = firstDay();
  const pace = paceOf(day);
  const courses = dayJobs(day, pace, FIRST_BINS).map(({ scenario, bins }) =>
    simulateCourse(scenario, bins),
  );
  frame = frameOfDay(outcomeOf(day, courses, pace));
  return frame;
}
