/** What came of a day: for each platform how it went, and what a month of such days would cost. */

import type { Bill } from '#faas/prices/bill.ts';
import { monthlyBill } from '#faas/simulation/month.ts';
import { durationMs } from '#faas/simulation/workload.ts';
import type { SimulatedCourse } from '#faas/simulation/scenario.ts';
import type { Bin } from '#faas/simulation/series.ts';
import { clockTime } from '#src/format/date.ts';
import type { OfferedPlatform } from '#src/simulation/platforms.ts';
import type { DaySetup } from './setup.ts';

/** The day in one way of serving it, and a month of such days at its prices. */
export interface ServedDay {
  readonly platform: OfferedPlatform;
  readonly course: SimulatedCourse;
  readonly month: Bill;
}

/** The day in every way that was chosen. */
export interface DayOutcome {
  readonly served: readonly ServedDay[];
  /** Length of the day, in minutes: shorter when it was recorded. */
  readonly minutes: number;
  /** How much faster it passed; 1: every call was simulated. */
  readonly pace: number;
  /** Calls that were simulated, of all platforms together. */
  readonly simulated: number;
}

/** @param courses one for each platform of the day, in order */
export function outcomeOf(
  day: DaySetup,
  courses: readonly SimulatedCourse[],
  pace: number,
): DayOutcome {
  const served = day.platforms.flatMap((platform, index) => {
    const course = courses[index];
    return course ? [{ platform, course, month: monthOf(day, platform, course) }] : [];
  });
  return {
    served,
    minutes: durationMs(day.workload) / 60_000,
    pace,
    simulated: served.reduce((sum, { course }) => sum + course.summary.requests.submitted, 0),
  };
}

function monthOf(
  { memoryMb }: DaySetup,
  { policy, prices }: OfferedPlatform,
  { summary }: SimulatedCourse,
): Bill {
  const { usage, simulatedS } = summary;
  return monthlyBill(prices, { usage, seconds: simulatedS, policy, memoryMb });
}

/** Share of cold calls, of those that an instance took; null when there were none. */
export function coldShare({ answered, failed, cold }: Bin): number | null {
  return answered + failed === 0 ? null : cold / (answered + failed);
}

/** Instances in all, as an average over the bin. */
export function instancesIn({ starting, busy, idle }: Bin): number {
  return starting + busy + idle;
}

/** Minutes from the start of the day to the start of this bin. */
export function minuteOf({ minutes, served }: DayOutcome, bin: number): number {
  return (minutes / (served[0]?.course.bins.length ?? 1)) * bin;
}

/** The time of day that a bin is: `14:30 to 14:45`. */
export function momentName(outcome: DayOutcome, bin: number): string {
  return `${clockTime(minuteOf(outcome, bin))} to ${clockTime(minuteOf(outcome, bin + 1))}`;
}
