/** A simulation as plain data, and how it is run: at once, or a slice at a time beside other work. */

import type { Given, OptionTable } from '../core/option.ts';
import { makePolicy, type PolicyChoice } from '../core/scaling/policies.ts';
import type { TraceEvent } from '../core/trace/trace.ts';
import { durationMs, type Workload } from './workload.ts';
import { SeriesObserver, type Bin } from './series.ts';
import { Simulation, type Observer, type Timings } from './simulation.ts';
import { SummaryObserver, type Summary } from './simulation-summary.ts';

/** What a scenario may say beside its policy, workload and timings. */
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

export interface Scenario extends Given<typeof SCENARIO_OPTIONS> {
  readonly policy: PolicyChoice;
  readonly workload: Workload;
  readonly timings: Timings;
  /**
   * > 0. Passes the workload by so many times faster, at the same rates: a day at pace 10 is a tenth
   * of its requests. What lasts long beside the day's changes, such as a keep-alive, seems longer.
   * @default 1
   */
  readonly pace?: number;
}

/** What came of it, and how it went. */
export interface SimulatedCourse {
  readonly summary: Summary;
  /** Equal parts of the workload's duration. */
  readonly bins: readonly Bin[];
}

export interface SliceOptions {
  /** Ends it early; the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Told after each slice. @param share of the workload that is over, from 0 to 1 */
  readonly onProgress?: (share: number) => void;
  /** Lets others have their turn between slices. @default none have one */
  readonly pause?: () => Promise<void>;
  /** Requests in a slice; a million take about a second. Integer ≥ 1. @default 20_000 */
  readonly sliceRequests?: number;
}

/** Runs it to its end. */
export function simulate(scenario: Scenario, emit?: (event: TraceEvent) => void): Summary {
  const observer = new SummaryObserver(memoryOf(scenario));
  const simulation = prepared(scenario, observer, emit);
  simulation.advance();
  return observer.summary(simulation);
}

/** As `simulate`, with how it went over time. @param bins integer ≥ 1 */
export function simulateCourse(scenario: Scenario, bins: number): SimulatedCourse {
  const { simulation, course } = preparedCourse(scenario, bins);
  simulation.advance();
  return course();
}

/** As `simulateCourse`, but without ever holding its thread for long. */
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
      // Instances outlive the last request.
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
