/** Calls by the hour: a day made of two numbers, or hours that somebody has counted. */

/** Calls in each hour, in order: a day, a week, a month or a year of them. Never empty. */
export type HourlyLoad = readonly number[];

/** Hours of a day, and so the largest peak to mean that a day can have: all of it in one hour. */
export const HOURS_A_DAY = 24;

/** What a load comes to, whatever its length. */
export interface LoadShape {
  /** Calls in a month of so many hours. */
  readonly calls: number;
  /** Calls in the busiest hour. */
  readonly peak: number;
  /** The busiest hour over the average one; 1 where there are no calls. */
  readonly peakToMean: number;
}

/** The hour of the day with the most calls. */
const BUSIEST = 14;
/** The hill is never quite zero at night, or no day could be nearly flat. */
const NIGHT = 0.02;
/** More halvings than a double has bits. */
const HALVINGS = 60;

/**
 * A day with one hill, which is highest at two in the afternoon. It has exactly this mean and exactly
 * this peak.
 *
 * @param callsAMonth ≥ 0
 * @param peakToMean from 1, every hour the same, to 24, all calls in one hour
 * @param hoursAMonth > 0
 */
export function dayOfHours(
  callsAMonth: number,
  peakToMean: number,
  hoursAMonth: number,
): HourlyLoad {
  const mean = callsAMonth / hoursAMonth;
  if (peakToMean >= HOURS_A_DAY)
    return hours((hour) => (hour === BUSIEST ? HOURS_A_DAY * mean : 0));
  // The steeper the hill, the larger its peak: the steepness is found by halving.
  let [low, high] = [0, 1];
  while (peakOf(hill(high)) < peakToMean) high *= 2;
  for (let turn = 0; turn < HALVINGS; turn += 1) {
    const middle = (low + high) / 2;
    if (peakOf(hill(middle)) < peakToMean) low = middle;
    else high = middle;
  }
  const found = hill(high);
  const scale = mean / meanOf(found);
  return found.map((height) => height * scale);
}

/** @param hoursAMonth how long the month is that the load is scaled to */
export function shapeOf(load: HourlyLoad, hoursAMonth: number): LoadShape {
  const mean = meanOf(load);
  const peak = load.reduce((most, calls) => Math.max(most, calls), 0);
  return { calls: mean * hoursAMonth, peak, peakToMean: mean === 0 ? 1 : peak / mean };
}

function hill(steepness: number): number[] {
  return hours((hour) => {
    const height = 1 + NIGHT + Math.cos((2 * Math.PI * (hour - BUSIEST)) / HOURS_A_DAY);
    return (height / (2 + NIGHT)) ** steepness;
  });
}

function hours(of: (hour: number) => number): number[] {
  return Array.from({ length: HOURS_A_DAY }, (_none, hour) => of(hour));
}

function peakOf(load: HourlyLoad): number {
  return Math.max(...load) / meanOf(load);
}

function meanOf(load: HourlyLoad): number {
  return load.reduce((sum, calls) => sum + calls, 0) / load.length;
}
