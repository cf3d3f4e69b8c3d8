/** Replays recorded decisions of Knative's autoscaler on ours. Every number must be the same. */

import { Autoscaler } from '../../core/scaling/kpa/autoscaler.ts';
import type { AutoscalerSpec } from '../../core/scaling/kpa/autoscaler.ts';
import { describeDifference } from './verdict.ts';

interface State {
  readonly panicking: boolean;
  readonly panicAgeMs: number;
  readonly maxPanicPods: number;
}

/** One recorded decision, with its inputs and the state before it. */
export interface ScaleStep {
  /** Time since the start of the case, in ms. */
  readonly nowMs: number;
  readonly spec: AutoscalerSpec;
  readonly readyCount: number;
  readonly readyCountError: boolean;
  readonly stable: number;
  readonly panic: number;
  readonly metricError: boolean;
  readonly stateBefore: State;
  readonly got: {
    readonly DesiredPodCount: number;
    readonly ExcessBurstCapacity: number;
    readonly ScaleValid: boolean;
  };
  readonly stateAfter: State;
}

/** A named series of decisions by one autoscaler. */
export interface ScaleCase {
  readonly name: string;
  readonly steps: readonly ScaleStep[];
}

/** On a bucket boundary of the scale-down delay, as in the recordings. */
const START_MS = 1_767_225_600_000;

/** The first difference between our decisions and the recorded ones; null when there is none. */
export function scaleDifference({ name, steps }: ScaleCase): string | null {
  const [first] = steps;
  if (first === undefined) return null;
  const autoscaler = new Autoscaler(first.spec, first.readyCount, START_MS + first.nowMs);
  let previous: ScaleStep | null = null;
  for (const [index, step] of steps.entries()) {
    const nowMs = START_MS + step.nowMs;
    autoscaler.update(step.spec);
    if (previous === null || wasSetByHand(previous, step)) {
      const { panicking, panicAgeMs, maxPanicPods } = step.stateBefore;
      autoscaler.resume({ since: panicking ? nowMs - panicAgeMs : null, peak: maxPanicPods });
    }
    const observed = step.metricError ? null : { stable: step.stable, panic: step.panic };
    const decision = autoscaler.decide(
      nowMs,
      step.readyCountError ? null : step.readyCount,
      observed,
    );
    const { since, peak } = autoscaler.panic;
    const found = {
      desired: decision.valid ? decision.desired : 0,
      excess: decision.valid ? decision.excessBurstCapacity : 0,
      valid: decision.valid,
      panicking: since !== null,
      panicAgeMs: since === null ? 0 : nowMs - since,
      peak,
    };
    const expected = {
      desired: step.got.DesiredPodCount,
      excess: step.got.ExcessBurstCapacity,
      valid: step.got.ScaleValid,
      panicking: step.stateAfter.panicking,
      panicAgeMs: step.stateAfter.panicAgeMs,
      peak: step.stateAfter.maxPanicPods,
    };
    if (JSON.stringify(found) !== JSON.stringify(expected)) {
      return describeDifference(`${name}, step ${String(index)}`, expected, found);
    }
    previous = step;
  }
  return null;
}

/** Whether the recording changed the autoscaler's state between two steps. */
function wasSetByHand(previous: ScaleStep, { nowMs, stateBefore }: ScaleStep): boolean {
  const { panicking, panicAgeMs, maxPanicPods } = previous.stateAfter;
  const age = panicking ? panicAgeMs + nowMs - previous.nowMs : 0;
  return (
    stateBefore.panicking !== panicking ||
    stateBefore.maxPanicPods !== maxPanicPods ||
    stateBefore.panicAgeMs !== age
  );
}
