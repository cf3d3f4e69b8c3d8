/** How far a simulation is from what was measured, measure by measure. */

import type { Measures } from './measured-summary.ts';

export interface Difference {
  /** `latency p99, ms` */
  readonly measure: string;
  readonly measured: number;
  readonly simulated: number;
  /** Simulated less measured, in the unit of the measure. */
  readonly error: number;
  /** The error as a share of what was measured; null of zero. */
  readonly relative: number | null;
}

type Value = (measures: Measures) => number | null;

const PERCENTILES = ['mean', 'p50', 'p90', 'p99'] as const;

const COMPARED: Readonly<Record<string, Value>> = {
  'cold share': ({ requests }) => requests.coldShare,
  'instances, most': ({ instances }) => instances.most,
  'instances, average': ({ instances }) => instances.average.total,
  'instances starting, average': ({ instances }) => instances.average.starting,
  'instances running, average': ({ instances }) => instances.average.running,
  'instances idle, average': ({ instances }) => instances.average.idle,
  ...Object.fromEntries(
    (['total', 'queue'] as const).flatMap((part) =>
      PERCENTILES.map((of): [string, Value] => [
        `${part === 'total' ? 'latency' : part} ${of}, ms`,
        ({ latencyMs }) => latencyMs[part][of],
      ]),
    ),
  ),
};

/** A measure that one of the two does not have is left out. */
export function differences(measured: Measures, simulated: Measures): Difference[] {
  return Object.entries(COMPARED).flatMap(([measure, valueOf]) => {
    const found = valueOf(measured);
    const told = valueOf(simulated);
    if (found === null || told === null) return [];
    const error = told - found;
    return {
      measure,
      measured: found,
      simulated: told,
      error,
      relative: found === 0 ? null : error / found,
    };
  });
}
