/** Takes the share of the length, rounded down, as a place in the list. */

/** The wait within which `share` per cent of all lie, by the nearest rank. */
export function percentile(waits: number[], share: number): number {
  if (waits.length === 0) throw new Error('There are no waits, so there is no percentile.');
  const sorted = waits.toSorted((a, b) => a - b);
  const place = Math.floor((share / 100) * sorted.length);
  return sorted[Math.min(place, sorted.length - 1)] ?? 0;
}

/** Half and nine in ten of the waits, and how long the first caller waited. */
export function report(waits: number[]): { p50: number; p90: number; first: number } {
  const [p50, p90] = [percentile(waits, 50), percentile(waits, 90)];
  return { p50, p90, first: waits[0] ?? 0 };
}
