/** Few numbers in place of many: the middle of several rounds, how far apart they lay, percentiles. */

export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly rounds: number;
}

/** Null when there is nothing to summarise. */
export function spreadOf(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  return {
    median: quantile(sorted, 0.5),
    least: quantile(sorted, 0),
    most: quantile(sorted, 1),
    rounds: sorted.length,
  };
}

export function median(values: readonly number[]): number {
  return quantile(Float64Array.from(values).sort(), 0.5);
}

/**
 * Between two neighbours it lies in proportion to where it falls (R's type 7, a spreadsheet's
 * PERCENTILE.INC).
 *
 * @param sorted ascending
 * @param share from 0, the least, to 1, the most
 * @returns NaN when there are no values
 */
export function quantile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}
