/** A simulation as plain data, and functions to run it at once or in slices between other work. */

import type { Given, OptionTable } from '../core/option.ts';
import { makePolicy, type PolicyChoice } from '../core/scaling/policies.ts';
import type { TraceEvent } from '../core/trace/trace.ts';
import { durationMs, type Workload } from './workload.ts';
import { SeriesObserver, type Bin } from './series.ts';
import { Simulation, type Observer, type Timings } from './simulation.ts';
import { SummaryObserver, type Summary } from './simulation-summary.ts';

/** The options of a scenario, apart from its policy, workload and timings. */
export const SCENARIO_OPTIONS = {
  memoryMb: {
    type: 'number',
    unit: 'MB',
    least: 0,
    isAbove: true,
    default: 256,
    meaning: 'memory configured for the function',
  },
  timeLimitS: {
    type: 'number',
    unit: 's',
    least: 0,
    isAbove: true,
    otherwise: 'none',
    meaning: 'longest time one call may take',
  },
  seed: {
    type: 'number',
    isWhole: true,
    least: -Infinity,
    default: 1,
    meaning: 'the same seed tells the same story',
  },
} as const satisfies OptionTable;

/** A simulation as plain data. */
export interface Scenario extends Given<typeof SCENARIO_OPTIONS> {
  readonly policy: PolicyChoice;
  readonly workload: Workload;
  readonly timings: Timings;
  /**
   * > 0. Shortens the workload by this factor at unchanged rates: a day at pace 10 has a tenth of its
   * requests. Long periods such as a keep-alive then seem longer relative to the day.
   * @default 1
   */
  readonly pace?: number;
}

/** The result of a simulation: its summary, and its course over time. */
export interface SimulatedCourse {
  readonly summary: Summary;
  /** Equal parts of the workload's duration. */
  readonly bins: readonly Bin[];
}

/** How a simulation shares its thread. */
export interface SliceOptions {
  /** Ends it early; the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Called after each slice. @param share of the workload that is over, from 0 to 1 */
  readonly onProgress?: (share: number) => void;
  /** Awaited between slices, to let other work run. @default no pause */
  readonly pause?: () => Promise<void>;
  /** Requests in a slice; a million take about a second. Integer ≥ 1. @default 20_000 */
  readonly sliceRequests?: number;
}

/** Runs a scenario to its end and returns its summary. */
export function simulate(scenario: Scenario, emit?: (event: TraceEvent) => void): Summary {
  const observer = new SummaryObserver(memoryOf(scenario));
  const simulation = prepared(scenario, observer, emit);
  simulation.advance();
  return observer.summary(simulation);
}

/** Like `simulate`, and returns the course over time as well. @param bins integer ≥ 1 */
export function simulateCourse(scenario: Scenario, bins: number): SimulatedCourse {
  const { simulation, course } = preparedCourse(scenario, bins);
  simulation.advance();
  return course();
}

/** Like `simulateCourse`, but in slices, so that it never blocks its thread for long. */
export async function simulateInSlices(
  scenario: Scenario,
  bins: number,
  { signal, onProgress, pause, sliceRequests = 20_000 }: SliceOptions,
): Promise<SimulatedCourse> {
  const { simulation, course } = preparedCourse(scenario, bins);
  while (simulation.advance(sliceRequests)) {
    onProgress?.(Math.min(1, simulation.clock.now() / simulation.durationMs));
    await pause?.();
    signal?.throwIfAborted();
  }
  onProgress?.(1);
  return course();
}

function preparedCourse(
  scenario: Scenario,
  bins: number,
): { simulation: Simulation; course: () => SimulatedCourse } {
  const durationOfIt = durationMs(scenario.workload, scenario.pace);
  const observer = new SeriesObserver(memoryOf(scenario), durationOfIt, bins);
  const simulation = prepared(scenario, observer);
  return {
    simulation,
    course: () => {
      // Instances live on after the last request.
      simulation.wait();
      const series = observer.series();
      return { summary: observer.summary(simulation), bins: series };
    },
  };
}

function memoryOf({ memoryMb = SCENARIO_OPTIONS.memoryMb.default }: Scenario): number {
  return memoryMb;
}

function prepared(
  scenario: Scenario,
  observer: Observer,
  emit?: (event: TraceEvent) => void,
): Simulation {
  const {
    policy,
    workload,
    timings,
    timeLimitS,
    seed = SCENARIO_OPTIONS.seed.default,
    pace = 1,
  } = scenario;
  return new Simulation({
    policy: makePolicy(policy),
    workload,
    timings,
    seed,
    pace,
    observer,
    ...(timeLimitS === undefined ? {} : { timeLimitMs: timeLimitS * 1000 }),
    ...(emit === undefined ? {} : { emit }),
  });
}
