/** The autoscaler, tick by tick: the core's own windows, decision and way to zero, on calls that are set or were recorded. */

import { Activation } from '#faas/core/scaling/kpa/activation.ts';
import {
  Autoscaler,
  TICK_MS,
  type AutoscalerSpec,
  type DecisionSums,
  type Observed,
} from '#faas/core/scaling/kpa/autoscaler.ts';
import { ConcurrencyMetric } from '#faas/core/scaling/kpa/concurrency-metric.ts';
import { KNATIVE_TRACES, type KnativeTrace } from '#faas/core/scaling/kpa/knative-traces.ts';
import { KPA_OPTIONS } from '#faas/core/scaling/kpa/kpa-options.ts';
import type { TickSetup } from './setup.ts';

/** One decision, with all that it was made from. */
export interface KpaTick {
  readonly atMs: number;
  /** Under way in all pods, or held; null where a recording does not say. */
  readonly calls: number | null;
  readonly ready: number;
  /** Null when nobody has reported anything for a whole window. */
  readonly observed: Observed | null;
  /** Null when there was nothing to decide on. */
  readonly sums: DecisionSums | null;
  /** The autoscaler's count; the last one where there was nothing to decide on. */
  readonly desired: number;
  readonly excess: number | null;
  /** Pods that there are to be, after the rules for zero. */
  readonly scale: number;
  readonly isActivatorIn: boolean;
  /** Made at once for a call at zero, and not at the time of a tick. */
  readonly isAtOnce: boolean;
}

/** Whether the autoscaler is in a panic after this tick. */
export function isInPanic({ sums }: KpaTick): boolean {
  return sums !== null && sums.panic.since !== null;
}

/** What a call met that came while no pod was ready. */
export interface CallAtZero {
  readonly atMs: number;
  /** When a pod was ready for it; null when it was answered with an error at once. */
  readonly answeredMs: number | null;
}

/** What came of a set-up. */
export interface KpaRun {
  readonly setup: TickSetup;
  readonly spec: AutoscalerSpec;
  /** Null for the reader's own calls. */
  readonly trace: KnativeTrace | null;
  readonly ticks: readonly KpaTick[];
  /** The first one; null when none came at zero. */
  readonly callAtZero: CallAtZero | null;
}

/** A run, and the tick that is looked at. */
export interface KpaMoment {
  readonly run: KpaRun;
  /** From 0. */
  readonly at: number;
}

export function runTicks(setup: TickSetup): KpaRun {
  const trace = KNATIVE_TRACES.find(({ name }) => name === setup.traffic) ?? null;
  return trace === null ? runOwn(setup) : runRecorded(setup, trace);
}

/** Knative's own inputs: averages and ready pods are given, so its answers must come out. */
function runRecorded(setup: TickSetup, trace: KnativeTrace): KpaRun {
  const { spec, ticks } = trace;
  const autoscaler = new Autoscaler(spec, ticks[0]?.ready ?? 0, 0);
  let desired = 0;
  const made = ticks.map(({ nowMs: atMs, ready, stable, panic }): KpaTick => {
    const observed = { stable, panic };
    const decision = autoscaler.decide(atMs, ready, observed);
    const excess = decision.valid ? decision.excessBurstCapacity : null;
    if (decision.valid) desired = decision.desired;
    const sums = decision.valid ? decision.sums : null;
    const isActivatorIn = desired === 0 || (excess ?? 0) < 0;
    const of = { atMs, calls: null, ready, observed, sums, desired, excess };
    return { ...of, scale: desired, isActivatorIn, isAtOnce: false };
  });
  return { setup, spec, trace, ticks: made, callAtZero: null };
}

const SECOND_MS = 1000;

function runOwn(setup: TickSetup): KpaRun {
  const spec = specOf(setup);
  const { activator, window, minutes } = setup;
  const share = KPA_OPTIONS.panicWindowPercentage.default / 100;
  const stableWindowMs = window * SECOND_MS;
  const panicWindowMs = Math.max(1000, Math.round(window * share) * SECOND_MS);
  const metric = new ConcurrencyMetric({ stableWindowMs, panicWindowMs, aggregation: 'linear' });
  const autoscaler = new Autoscaler(spec, 0, 0);
  const activation = new Activation(activationOf(setup), 0);
  const pods = new Pods(setup.start * SECOND_MS);
  const ticks: KpaTick[] = [];
  let desired = 0;
  let excess: number | null = null;
  let callAtZero: CallAtZero | null = null;

  const tick = (atMs: number, calls: number, isAtOnce: boolean): void => {
    const ready = pods.readyAt(atMs);
    const observed = metric.observed(atMs);
    const decision = autoscaler.decide(atMs, ready, observed);
    if (decision.valid) ({ desired, excessBurstCapacity: excess } = decision);
    const wish = { desired, excessBurstCapacity: excess ?? spec.targetBurstCapacity };
    const scale = activation.reconcile(atMs, wish, ready);
    pods.scaleTo(scale, atMs);
    const sums = decision.valid ? decision.sums : null;
    const isActivatorIn = activator && activation.activatorInPath;
    const of = { atMs, calls, ready, observed, sums, desired, excess, scale };
    ticks.push({ ...of, isActivatorIn, isAtOnce });
  };

  for (let atMs = 0; atMs <= minutes * 60 * SECOND_MS; atMs += SECOND_MS) {
    const calls = callsAt(setup, atMs / SECOND_MS);
    const ready = pods.readyAt(atMs);
    // Without an activator nobody sees, holds or reports a call that no pod takes.
    const isSeen = ready > 0 || activator;
    metric.observe(atMs, isSeen ? calls : 0, ready);
    const isAtZero = calls > 0 && ready === 0;
    if (isAtZero) callAtZero ??= { atMs, answeredMs: null };
    if (activator && callAtZero?.answeredMs === null && ready > 0) {
      callAtZero = { ...callAtZero, answeredMs: atMs };
    }
    const isPoke = isAtZero && activator && desired === 0;
    if (isPoke) metric.announce(atMs);
    if (isPoke || atMs % TICK_MS === 0) tick(atMs, calls, isPoke);
    // A pod that starts in no time is there for the call that woke it.
    if (isPoke && callAtZero?.answeredMs === null && pods.readyAt(atMs) > 0) {
      callAtZero = { ...callAtZero, answeredMs: atMs };
    }
  }
  return { setup, spec, trace: null, ticks, callAtZero };
}

function callsAt({ calls, from, length, base }: TickSetup, second: number): number {
  return second >= from && second < from + length ? calls : base;
}

function specOf({ target, window, burst }: TickSetup): AutoscalerSpec {
  return {
    targetValue: target * KPA_OPTIONS.targetUtilization.default,
    totalValue: target,
    targetBurstCapacity: burst,
    panicThreshold: KPA_OPTIONS.panicThresholdPercentage.default / 100,
    maxScaleUpRate: KPA_OPTIONS.maxScaleUpRate.default,
    maxScaleDownRate: KPA_OPTIONS.maxScaleDownRate.default,
    stableWindowMs: window * SECOND_MS,
    scaleDownDelayMs: KPA_OPTIONS.scaleDownDelayMs.default,
    activationScale: 1,
    reachable: true,
  };
}

/** A revision that is at zero. */
function activationOf({ window, burst }: TickSetup): ConstructorParameters<typeof Activation>[0] {
  return {
    minScale: 0,
    maxScale: Infinity,
    initialScale: 0,
    enableScaleToZero: true,
    stableWindowMs: window * SECOND_MS,
    scaleToZeroGraceMs: KPA_OPTIONS.scaleToZeroGraceMs.default,
    podRetentionMs: KPA_OPTIONS.podRetentionMs.default,
    activationTimeoutMs: Infinity,
    targetBurstCapacity: burst,
  };
}

/** Pods, each ready some time after it was asked for. */
class Pods {
  readonly #startMs: number;
  /** When each is ready, the oldest first. */
  #readyAt: number[] = [];

  constructor(startMs: number) {
    this.#startMs = startMs;
  }

  readyAt(atMs: number): number {
    return this.#readyAt.filter((at) => at <= atMs).length;
  }

  /** The newest go first. */
  scaleTo(count: number, atMs: number): void {
    if (count < this.#readyAt.length) this.#readyAt = this.#readyAt.slice(0, count);
    while (this.#readyAt.length < count) this.#readyAt.push(atMs + this.#startMs);
  }
}
