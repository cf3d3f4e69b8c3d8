/**
 * Knative's decision on the number of instances, from two averages of one metric: a long one for
 * steady load (the stable window) and a short one for surges (the panic window).
 *
 * After knative/serving 98e5ef90, `pkg/autoscaler/scaling/autoscaler.go`.
 */

import { MaxWindow } from './max-window.ts';

/** Time between two decisions, in ms. Knative's own; it cannot be configured there either. */
export const TICK_MS = 2000;

/** The parameters of a decision. */
export interface AutoscalerSpec {
  /** Value of the metric that each instance should have. > 0. */
  readonly targetValue: number;
  /** Highest value of the metric that an instance can serve; used for burst capacity only. */
  readonly totalValue: number;
  /**
   * Load that may come at once without waiting for instances. 0: the activator leaves the path as
   * soon as there is an instance; -1: it never does.
   */
  readonly targetBurstCapacity: number;
  /** Panic when the short average asks for this many times the ready instances. */
  readonly panicThreshold: number;
  /** Most growth in one decision, as a factor of the ready instances. > 1. */
  readonly maxScaleUpRate: number;
  /** Most shrinking in one decision, as a factor. > 1. */
  readonly maxScaleDownRate: number;
  /** A panic ends when its threshold has not been met for this long. */
  readonly stableWindowMs: number;
  /** The count shrinks only after fewer have been enough for this long; 0: at once. */
  readonly scaleDownDelayMs: number;
  /** Fewest instances when there is any load; 0 and 1 have no effect. */
  readonly activationScale: number;
  /** Traffic can reach the revision. One that is not reachable may shrink at any rate. */
  readonly reachable: boolean;
}

/** The two averages of the metric. */
export interface Observed {
  readonly stable: number;
  readonly panic: number;
}

/** What a decision was reckoned from, in the order in which it is. */
export interface DecisionSums {
  /** The ready instances, or one where there is none: the rates of change apply to it. */
  readonly base: number;
  /** Most and fewest that the rates of change allow. */
  readonly most: number;
  readonly least: number;
  /** Instances that each average asks for, before any limit. */
  readonly stableWanted: number;
  readonly panicWanted: number;
  /** The same within the rates, and at least the activation scale. */
  readonly calm: number;
  readonly surge: number;
  /** The short average asks for the threshold's multiple of `base`, or more. */
  readonly isOverThreshold: boolean;
  /** The panic after this decision. */
  readonly panic: PanicState;
  /** Before the scale-down delay. */
  readonly undelayed: number;
}

/** The result of one decision. */
export type Decision =
  | {
      readonly valid: true;
      readonly desired: number;
      readonly sums: DecisionSums;
      /** Spare capacity beyond the target burst; below 0 the activator has to be in the path. */
      readonly excessBurstCapacity: number;
    }
  /** There was no data to decide on. */
  | { readonly valid: false };

/** The state of a panic, for `resume`. */
export interface PanicState {
  /** When the panic threshold was last met; null when there is no panic. */
  readonly since: number | null;
  /** Most instances that this panic has asked for. */
  readonly peak: number;
}

/** Decides the number of instances of one revision, with its panic mode. */
export class Autoscaler {
  #spec: AutoscalerSpec;
  readonly #delay: MaxWindow | null;
  #panicSince: number | null;
  /** The count does not fall below this during a panic. */
  #panicPeak: number;

  /**
   * Starts in panic when more than one instance is ready: without a history it must not shrink the
   * count.
   */
  constructor(spec: AutoscalerSpec, ready: number, nowMs: number) {
    this.#spec = spec;
    this.#delay = spec.scaleDownDelayMs > 0 ? new MaxWindow(spec.scaleDownDelayMs, TICK_MS) : null;
    this.#panicSince = ready > 1 ? nowMs : null;
    this.#panicPeak = ready;
  }

  get panic(): PanicState {
    return { since: this.#panicSince, peak: this.#panicPeak };
  }

  /** Replaces the spec from the next decision on; the scale-down delay does not change. */
  update(spec: AutoscalerSpec): void {
    this.#spec = spec;
  }

  /** Continues from a known panic state, to replay a decision from the middle of a trace. */
  resume({ since, peak }: PanicState): void {
    this.#panicSince = since;
    this.#panicPeak = peak;
  }

  /**
   * Decides how many instances there should be at `nowMs`.
   *
   * @param ready instances that take requests; null when unknown
   * @param observed null when there is no data
   */
  decide(nowMs: number, ready: number | null, observed: Observed | null): Decision {
    if (ready === null || observed === null) return { valid: false };
    const spec = this.#spec;
    const base = Math.max(1, ready);
    const most = Math.ceil(spec.maxScaleUpRate * base);
    const least = spec.reachable ? Math.floor(base / spec.maxScaleDownRate) : 0;
    const stableWanted = Math.ceil(observed.stable / spec.targetValue);
    const panicWanted = Math.ceil(observed.panic / spec.targetValue);
    const calm = this.#allowed(stableWanted, least, most);
    const surge = this.#allowed(panicWanted, least, most);

    const isOverThreshold = panicWanted / base >= spec.panicThreshold;
    this.#follow(nowMs, isOverThreshold);
    let desired = calm;
    if (this.#panicSince !== null) {
      this.#panicPeak = Math.max(this.#panicPeak, calm, surge);
      desired = this.#panicPeak;
    }
    const undelayed = desired;
    if (this.#delay !== null && spec.reachable) {
      this.#delay.record(nowMs, desired);
      desired = this.#delay.current();
    }
    const { panic } = this;
    const rates = { base, most, least };
    const wanted = { stableWanted, panicWanted, calm, surge };
    const sums = { ...rates, ...wanted, isOverThreshold, panic, undelayed };
    return { valid: true, desired, sums, excessBurstCapacity: this.#excess(ready, observed.panic) };
  }

  /** Within the rates of change, and at least the activation scale if anything is wanted at all. */
  #allowed(wanted: number, least: number, most: number): number {
    const count = Math.trunc(Math.min(Math.max(wanted, least), most));
    const { activationScale } = this.#spec;
    return activationScale > 1 && wanted > 0 ? Math.max(count, activationScale) : count;
  }

  /** Enters, prolongs or leaves the panic. */
  #follow(nowMs: number, overThreshold: boolean): void {
    if (overThreshold) {
      this.#panicSince = nowMs;
    } else if (this.#panicSince !== null && this.#panicSince + this.#spec.stableWindowMs < nowMs) {
      this.#panicSince = null;
      this.#panicPeak = 0;
    }
  }

  #excess(ready: number, load: number): number {
    const { targetBurstCapacity, totalValue } = this.#spec;
    if (targetBurstCapacity === 0) return 0;
    if (targetBurstCapacity < 0) return -1;
    return Math.floor(ready * totalValue - targetBurstCapacity - load);
  }
}
