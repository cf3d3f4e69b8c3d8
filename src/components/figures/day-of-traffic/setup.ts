/** What the reader set up: which day, served how, by a function that takes how long. */

import { expectedRequests, type Workload } from '#faas/simulation/workload.ts';
import type { SimulationJob } from '#src/simulation/job.ts';
import { platformsOf, type OfferedPlatform } from '#src/simulation/platforms.ts';
import { WORKLOADS, workloadOf, type WorkloadName } from '#src/simulation/workloads.ts';
import { LAMBDA_MB, numbersOf, type DialTable } from '../dial.ts';
import { parseCounts } from './counts.ts';

/** The traffic of a day, the ways to serve it, and the function that serves it. */
export interface DaySetup {
  readonly traffic: WorkloadName;
  readonly workload: Workload;
  readonly platforms: readonly OfferedPlatform[];
  /** Half of all calls take less than this in the handler; one in a hundred five times as long. */
  readonly handlerMs: number;
  /** From asked-for to ready. */
  readonly coldMs: number;
  readonly memoryMb: number;
}

/** The first set-up of the day, before the reader changes it. */
export const FIRST_DAY = {
  traffic: 'flash',
  on: ['lambda', 'cloud-run', 'knative', 'one-server'],
} as const;

export const DAY_DIALS = {
  ms: {
    type: 'number',
    unit: 'ms',
    least: 1,
    most: 60_000,
    default: 80,
    meaning: 'half of all calls take less than this in the handler',
  },
  cold: {
    type: 'number',
    unit: 'ms',
    least: 0,
    most: 60_000,
    default: 215,
    meaning: 'how long a cold start takes',
    source: 'the median of a small Python function on AWS (fact T05-10)',
  },
  mb: LAMBDA_MB,
  workers: {
    type: 'number',
    unit: 'calls',
    isWhole: true,
    least: 1,
    most: 1000,
    default: 20,
    meaning: 'calls at once in an instance, or workers of a server',
  },
} as const satisfies DialTable;

/** More pictures would not fit below each other. */
export const MOST_PLATFORMS = 4;
/** A day is drawn in this many parts: a quarter of an hour each. */
const BINS = 96;
/** On the page before anything is touched, where every byte counts: an hour each. */
export const FIRST_BINS = 24;
const SLOWEST = 5;
/** So many calls of each platform are simulated while the reader waits, about. */
const QUICK_REQUESTS = 250_000;

/** @throws saying what is missing, for the reader */
export function dayOf(state: URLSearchParams): DaySetup {
  const named = WORKLOADS.find(({ name }) => name === state.get('traffic'));
  const traffic = named?.name ?? FIRST_DAY.traffic;
  const on = state.getAll('on');
  const { ms, cold, mb, workers } = numbersOf(DAY_DIALS, state);
  const platforms = platformsOf(on, workers).slice(0, MOST_PLATFORMS);
  if (platforms.length === 0) throw new Error('Choose at least one way to serve the day.');
  const counts = traffic === 'recorded' ? parseCounts(state.get('counts') ?? '') : [];
  return {
    traffic,
    workload: workloadOf(traffic, counts),
    platforms,
    handlerMs: ms,
    coldMs: cold,
    memoryMb: mb,
  };
}

/** The day of `FIRST_DAY`. */
export function firstDay(): DaySetup {
  const on = FIRST_DAY.on.map((id) => ['on', id]);
  return dayOf(new URLSearchParams([['traffic', FIRST_DAY.traffic], ...on]));
}

/** How many times faster the day must pass to be drawn at once; 1: every call is simulated. */
export function paceOf({ workload }: DaySetup): number {
  return Math.max(1, expectedRequests(workload) / QUICK_REQUESTS);
}

/** One for each platform, in order. @param pace 1: every call */
export function dayJobs(day: DaySetup, pace: number, most = BINS): SimulationJob[] {
  const { workload, handlerMs, coldMs, memoryMb } = day;
  const minutes = workload.is === 'minutes' ? workload.counts.length : Infinity;
  return day.platforms.map(({ policy }) => ({
    scenario: {
      policy,
      workload,
      pace,
      memoryMb,
      timings: {
        start: { is: 'constant', ms: coldMs },
        handler: { is: 'lognormal', medianMs: handlerMs, p99Ms: SLOWEST * handlerMs },
      },
    },
    bins: Math.min(most, minutes),
  }));
}
