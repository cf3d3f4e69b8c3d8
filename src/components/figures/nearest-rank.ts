/**
 * Percentiles by the nearest rank: the smallest of the values that a share of all does not exceed. It is
 * always a value that was measured.
 */

/**
 * @param sorted from the smallest to the largest
 * @param share from 0 to 1
 * @returns the index of the percentile; 0 when there are no values
 */
export function nearestRank(sorted: readonly unknown[], share: number): number {
  // 0.1 + 0.2 is a little more than 0.3, and must not be one value further.
  return Math.max(0, Math.ceil(share * sorted.length - 1e-9) - 1);
}
