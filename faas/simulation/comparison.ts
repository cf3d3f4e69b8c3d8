/** Compares a simulation with measurements, measure by measure. */

import type { Measures } from './measured-summary.ts';

/** The difference in one measure between a measured and a simulated run. */
export interface Difference {
  /** `latency p99, ms` */
  readonly measure: string;
  readonly measured: number;
  readonly simulated: number;
  /** Simulated less measured, in the unit of the measure. */
  readonly error: number;
  /** The error as a share of the measured value; null when that is too small to compare. */
  readonly relative: number | null;
}

interface Compared {
  readonly measure: string;
  /** Smallest measured value for which a relative error is meaningful. */
  readonly least: number;
  readonly of: (measures: Measures) => number | null;
}

/** Times below this are the platform's own overhead. */
const LEAST_MS = 1;

const COUNTS: Readonly<Record<string, Compared['of']>> = {
  'cold share': ({ requests }) => requests.coldShare,
  'instances, most': ({ instances }) => instances.most,
  'instances, average': ({ instances }) => instances.average.total,
  'instances starting, average': ({ instances }) => instances.average.starting,
  'instances running, average': ({ instances }) => instances.average.running,
  'instances idle, average': ({ instances }) => instances.average.idle,
};

const PARTS = { latency: 'total', queue: 'queue' } as const;

const COMPARED: readonly Compared[] = [
  ...Object.entries(COUNTS).map(([measure, of]) => ({ measure, least: 0, of })),
  ...Object.entries(PARTS).flatMap(([name, part]) =>
    (['mean', 'p50', 'p90', 'p99'] as const).map((value) => ({
      measure: `${name} ${value}, ms`,
      least: LEAST_MS,
      of: ({ latencyMs }: Measures) => latencyMs[part][value],
    })),
  ),
];

/** The difference in each measure. Measures that are null on either side are left out. */
export function differences(measured: Measures, simulated: Measures): Difference[] {
  return COMPARED.flatMap(({ measure, least, of }) => {
    const found = of(measured);
    const told = of(simulated);
    if (found === null || told === null) return [];
    const error = told - found;
    return {
      measure,
      measured: found,
      simulated: told,
      error,
      relative: found === 0 || found < least ? null : error / found,
    };
  });
}
