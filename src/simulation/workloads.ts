/** The days of traffic that figures offer, each as plain data. */

import type { Workload } from '#faas/simulation/workload.ts';

export type WorkloadName = 'quiet' | 'office' | 'flash' | 'steady' | 'recorded';

/** A day of traffic as the reader can choose it. */
export interface NamedWorkload {
  readonly name: WorkloadName;
  readonly label: string;
  /** A sentence for the reader. */
  readonly what: string;
}

/** In the order they are offered. */
export const WORKLOADS: readonly NamedWorkload[] = [
  { name: 'quiet', label: 'Quiet app', what: 'One call an hour, whenever somebody happens by.' },
  {
    name: 'office',
    label: 'Office hours',
    what: 'Eight calls a second in the early afternoon, hardly one at night.',
  },
  {
    name: 'flash',
    label: 'Flash crowd',
    what: 'Ten calls an hour, until a link goes round at eleven: four hundred a second within a minute.',
  },
  { name: 'steady', label: 'Steady load', what: 'A hundred calls a second, day and night.' },
  {
    name: 'recorded',
    label: 'Recorded counts',
    what: 'As many calls in each minute as you paste below: an hour of a log, or a day.',
  },
];

/** In seconds. */
export const DAY_S = 86_400;

/** @param counts requests in each minute: what `recorded` is made of */
export function workloadOf(name: WorkloadName, counts: readonly number[]): Workload {
  switch (name) {
    case 'quiet':
      return { is: 'poisson', perSecond: 1 / 3600, durationS: DAY_S };
    case 'office':
      return { is: 'day', lowPerSecond: 0.05, highPerSecond: 8, peakHour: 14 };
    case 'flash':
      return {
        is: 'flash-crowd',
        basePerSecond: 10 / 3600,
        peakPerSecond: 400,
        startS: 11 * 3600,
        riseS: 60,
        halvesS: 400,
        durationS: DAY_S,
      };
    case 'steady':
      return { is: 'poisson', perSecond: 100, durationS: DAY_S };
    case 'recorded':
      return { is: 'minutes', counts };
  }
}
