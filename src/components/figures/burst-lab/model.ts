/**
 * The same burst twice: as it was measured, and as the simulator predicts it from the times
 * that were measured. The simulator is the platform's own pool on a virtual clock.
 */

import type { PolicyChoice } from '#faas/core/scaling/policies.ts';
import { Timeline } from '#faas/core/trace/timeline.ts';
import type { TraceEvent } from '#faas/core/trace/trace.ts';
import type { Workload } from '#faas/simulation/workload.ts';
import { differences, type Difference } from '#faas/simulation/comparison.ts';
import { measuredSummary, type Measures } from '#faas/simulation/measured-summary.ts';
import { measuredTimings } from '#faas/simulation/measured-timings.ts';
import { simulate } from '#faas/simulation/scenario.ts';
import type { BurstSetup } from './setup.ts';
import { sortedCalls, type SortedCall } from './sorted-calls.ts';

/** So many instances lived from `atMs` on, in ms since the first call. */
export interface LivingStep {
  readonly atMs: number;
  readonly living: number;
}

/** A burst as it was measured, beside the same burst in the simulator. */
export interface BurstComparison {
  readonly measured: Measures;
  readonly measuredSteps: readonly LivingStep[];
  readonly modelled: Measures;
  readonly modelledSteps: readonly LivingStep[];
  /** Calls that had to wait for their handler. */
  readonly slow: { readonly measured: number; readonly modelled: number };
  /** The answered calls, from the quickest to the slowest. */
  readonly took: {
    readonly measured: readonly SortedCall[];
    readonly modelled: readonly SortedCall[];
  };
  /** From the first call to the last answer, in ms. */
  readonly lastsMs: number;
  readonly differences: readonly Difference[];
  /** How many instances apart the two are, as an average over time. */
  readonly apart: number;
}

/**
 * @param events of the burst alone, from its first call on
 * @param policy that scaled it
 * @throws when no call was answered: there is nothing to go by
 */
export function compareWithModel(
  events: readonly TraceEvent[],
  burst: BurstSetup,
  policy: PolicyChoice,
): BurstComparison {
  const from = events[0]?.at ?? 0;
  const measured = measuredSummary(events, from);
  const modelEvents: TraceEvent[] = [];
  const modelled = simulate(
    { policy, workload: burstWorkload(burst), timings: measuredTimings(events) },
    (event) => modelEvents.push(event),
  );
  const lastsMs = (events.findLast(isEnd)?.at ?? from) - from;
  const measuredSteps = stepsOf(events, from);
  const modelledSteps = stepsOf(modelEvents, 0);
  return {
    measured,
    measuredSteps,
    modelled,
    modelledSteps,
    slow: { measured: slowCalls(events), modelled: slowCalls(modelEvents) },
    took: { measured: sortedCalls(events), modelled: sortedCalls(modelEvents) },
    lastsMs,
    differences: differences(measured, modelled),
    apart: meanGap(measuredSteps, modelledSteps, lastsMs),
  };
}

/** A shorter wait is not felt. In ms. */
const FELT_MS = 20;

/** Those that waited for an instance to start, their own or another, or for one to be free. */
function slowCalls(events: readonly TraceEvent[]): number {
  return events.filter(
    (event) => event.type === 'request.started' && (event.cold || event.queueMs >= FELT_MS),
  ).length;
}

/** When its calls come, by plan. */
export function burstWorkload({ calls, everyMs }: BurstSetup): Workload {
  if (everyMs === 0) return { is: 'bursts', size: calls, everyS: 1, durationS: 1 };
  // Half a call less, so that no rounding adds one.
  return {
    is: 'constant',
    perSecond: 1000 / everyMs,
    durationS: ((calls - 0.5) * everyMs) / 1000,
  };
}

function isEnd({ type }: TraceEvent): boolean {
  return type === 'request.done' || type === 'request.failed';
}

function stepsOf(events: readonly TraceEvent[], from: number): LivingStep[] {
  const { counts } = new Timeline(events).at(events.at(-1)?.at ?? 0);
  return counts.map(({ atMs, starting, busy, idle }) => ({
    atMs: Math.max(0, atMs - from),
    living: starting + busy + idle,
  }));
}

/** The area between two lines of steps, over its length. */
export function meanGap(a: readonly LivingStep[], b: readonly LivingStep[], toMs: number): number {
  if (toMs <= 0) return 0;
  const moments = [...a, ...b].map(({ atMs }) => atMs).filter((atMs) => atMs < toMs);
  const sorted = [...new Set([0, ...moments, toMs])].toSorted((one, other) => one - other);
  let area = 0;
  for (const [index, fromMs] of sorted.entries()) {
    const ms = (sorted[index + 1] ?? fromMs) - fromMs;
    area += ms * Math.abs(livingAt(a, fromMs) - livingAt(b, fromMs));
  }
  return area / toMs;
}

/** Instances that are alive at a moment, in ms since the first call. */
export function livingAt(steps: readonly LivingStep[], atMs: number): number {
  return steps.findLast((step) => step.atMs <= atMs)?.living ?? 0;
}
