/** A simulation as plain data, and how it is run: at once, or a slice at a time beside other work. */

import { makePolicy, type PolicyChoice } from '../core/policies.ts';
import type { TraceEvent } from '../core/trace.ts';
import type { Workload } from '../core/workload.ts';
import { Simulation, type Timings } from './simulation.ts';
import { SummaryObserver, type Summary } from './simulation-summary.ts';

export interface Scenario {
  readonly policy: PolicyChoice;
  readonly workload: Workload;
  readonly timings: Timings;
  /** Memory configured for the function, in MB. > 0. @default 256 */
  readonly memoryMb?: number;
  /** Longest time one invocation may take, in s. > 0. @default none */
  readonly timeLimitS?: number;
  /** Whole number: the same seed tells the same story. @default 1 */
  readonly seed?: number;
}

export interface SliceOptions {
  /** Ends it early; the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Told after each slice. @param share of the workload that is over, from 0 to 1 */
  readonly onProgress?: (share: number) => void;
  /** Lets others have their turn between slices. */
  readonly pause: () => Promise<void>;
  /** Requests in a slice; a million take about a second. Integer ≥ 1. @default 20_000 */
  readonly sliceRequests?: number;
}

/** Runs it to its end. */
export function simulate(scenario: Scenario, emit?: (event: TraceEvent) => void): Summary {
  const { simulation, observer } = prepared(scenario, emit);
  simulation.advance();
  return observer.summary(simulation);
}

/** As `simulate`, but without ever holding its thread for long. */
export async function simulateInSlices(
  scenario: Scenario,
  { signal, onProgress, pause, sliceRequests = 20_000 }: SliceOptions,
): Promise<Summary> {
  const { simulation, observer } = prepared(scenario);
  while (simulation.advance(sliceRequests)) {
    onProgress?.(Math.min(1, simulation.clock.now() / simulation.durationMs));
    await pause();
    signal?.throwIfAborted();
  }
  onProgress?.(1);
  return observer.summary(simulation);
}

function prepared(
  scenario: Scenario,
  emit?: (event: TraceEvent) => void,
): { simulation: Simulation; observer: SummaryObserver } {
  const { policy, workload, timings, memoryMb = 256, timeLimitS, seed = 1 } = scenario;
  const observer = new SummaryObserver(memoryMb);
  const simulation = new Simulation({
    policy: makePolicy(policy),
    workload,
    timings,
    seed,
    observer,
    ...(timeLimitS === undefined ? {} : { timeLimitMs: timeLimitS * 1000 }),
    ...(emit === undefined ? {} : { emit }),
  });
  return { simulation, observer };
}
