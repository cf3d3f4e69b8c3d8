/** A day, simulated beside the page. */

import { simulateBeside } from '#src/simulation/beside.ts';
import { frameOfDay, type DayFrame } from './frame.ts';
import { outcomeOf } from './outcome.ts';
import { dayJobs, dayOf, paceOf } from './setup.ts';

/** How a day is simulated, and who hears of its progress. */
export interface DayOptions {
  /** Every call is simulated, however long that takes. */
  readonly whole: boolean;
  readonly signal: AbortSignal;
  /** @param share from 0 to 1 */
  readonly onProgress: (share: number) => void;
}

/** @param state of the figure's form @throws saying what is missing, for the reader */
export async function simulateDay(state: URLSearchParams, options: DayOptions): Promise<DayFrame> {
  const { whole, signal, onProgress } = options;
  const day = dayOf(state);
  const pace = whole ? 1 : paceOf(day);
  const courses = await simulateBeside(dayJobs(day, pace), { signal, onProgress });
  return frameOfDay(outcomeOf(day, courses, pace));
}
