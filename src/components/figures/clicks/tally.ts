/** What becomes of a service's slow calls where several of its calls make one click. */

import { nearestRank } from '../nearest-rank.ts';

/** A click of so many calls, measured beside what the sum says. */
export interface SlowClicks {
  readonly size: number;
  readonly clicks: number;
  /** Share of clicks in which at least one call was among the slow ones. */
  readonly measured: number;
  /** The same, if slow calls come independently of each other. */
  readonly computed: number;
}

/** A time that a share of all does not exceed. In ms. @param times in any order, at least one */
export function timeWithin(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[nearestRank(sorted, share)] ?? NaN;
}

/** Clicks of so many calls each, a click's calls taken from all over the run. */
export function clicksOf(times: readonly number[], size: number): number[][] {
  const clicks = Math.floor(times.length / size);
  return Array.from({ length: clicks }, (_, click) =>
    Array.from({ length: size }, (_one, nth) => times[nth * clicks + click] ?? NaN),
  );
}

/** @param share of calls that are not slow, from 0 to 1 */
export function slowClicks(times: readonly number[], size: number, share: number): SlowClicks {
  const limit = timeWithin(times, share);
  const clicks = clicksOf(times, size);
  const slow = clicks.filter((calls) => calls.some((ms) => ms > limit)).length;
  const computed = 1 - share ** size;
  return { size, clicks: clicks.length, measured: slow / clicks.length, computed };
}

/** The percentile of clicks of so many calls in a row, beside the sum of the calls' own. In ms. */
export function percentileOfSums(
  times: readonly number[],
  size: number,
  share: number,
): { readonly ofSums: number; readonly sumOf: number } {
  const sums = clicksOf(times, size).map((calls) => calls.reduce((all, ms) => all + ms, 0));
  return { ofSums: timeWithin(sums, share), sumOf: size * timeWithin(times, share) };
}
