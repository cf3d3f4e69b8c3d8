/** What `npm run bench -- --data` compares, and how it writes it down. */

import { table } from '../table.ts';

/** One thing that was measured, and the same without it. */
export interface DataRow {
  /** `one token bucket`. */
  readonly what: string;
  readonly us: number;
  readonly withoutUs: number;
  /** What it may add, in µs; null where that is not said. */
  readonly mostAddedUs: number | null;
}

/** Figures as a reader compares them. */
export function dataTable(rows: readonly DataRow[]): string {
  return table(
    ['', 'µs a call', 'added', 'ratio', 'may add'],
    rows.map(({ what, us, withoutUs, mostAddedUs }) => [
      what,
      us.toFixed(1),
      (us - withoutUs).toFixed(1),
      (us / withoutUs).toFixed(2),
      mostAddedUs === null ? '–' : `${mostAddedUs}`,
    ]),
  );
}
