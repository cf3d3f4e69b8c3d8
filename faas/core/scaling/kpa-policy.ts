/**
 * Knative's model: an autoscaler looks at the average number of requests every two seconds and says
 * how many instances there should be; a request waits while there is none. Nothing is started for
 * one request alone, and nothing is kept for a fixed time after it.
 */

import { Activation } from './kpa/activation.ts';
import type { ActiveState } from './kpa/activation.ts';
import { Autoscaler, TICK_MS } from './kpa/autoscaler.ts';
import type { AutoscalerSpec, PanicState } from './kpa/autoscaler.ts';
import { ConcurrencyMetric } from './kpa/concurrency-metric.ts';
import type { Placement, PoolView, ScalingPolicy } from './policy.ts';

/** Published defaults: knative/serving, ConfigMaps config-autoscaler and config-defaults (facts T06-01…10). */
export interface KpaOptions {
  /** Most requests one instance runs at once. Integer ≥ 0; 0: no limit. @default 0 */
  readonly containerConcurrency?: number;
  /**
   * Requests at once that an instance is reckoned to bear, at most `containerConcurrency`. > 0.
   * Lower means more instances for the same load.
   * @default `containerConcurrency`, or 100 without a limit
   */
  readonly target?: number;
  /** Share of the target that is aimed at; the rest is room to grow. In (0, 1]. @default 0.7 */
  readonly targetUtilization?: number;
  /** Length of the long average, in whole seconds from 6 s to 1 h. @default 60_000 */
  readonly stableWindowMs?: number;
  /** Length of the short average, as a share of the long one. In [1, 100] %. @default 10 */
  readonly panicWindowPercentage?: number;
  /** Panic when the short average asks for this share of what is ready. In [110, 1000] %. @default 200 */
  readonly panicThresholdPercentage?: number;
  /** Most growth in one tick, as a factor. > 1. @default 1000 */
  readonly maxScaleUpRate?: number;
  /** Most shrinking in one tick, as a factor. > 1. @default 2 */
  readonly maxScaleDownRate?: number;
  /** Fewest instances once there is load. Integer ≥ 1. @default 1 */
  readonly activationScale?: number;
  /** Fewer instances only after fewer have been enough for this long, in whole seconds. @default 0 */
  readonly scaleDownDelayMs?: number;
  /** Requests that may come at once; decides whether the activator is in the path. ≥ 0, or -1. @default 211 */
  readonly targetBurstCapacity?: number;
  /** Fewest instances, also without load. Integer ≥ 0. @default 0 */
  readonly minScale?: number;
  /**
   * Most instances. Integer ≥ 1. Knative has no limit by default; here each one is a process on the
   * reader's machine.
   * @default 32
   */
  readonly maxScale?: number;
  /** Instances of a new revision, before anyone has called. Integer ≥ 0. @default 1 */
  readonly initialScale?: number;
  /**
   * Begins as a revision that has been scaled to zero: its first request pokes the autoscaler, which
   * decides at once. False: as a new revision, whose first decision comes with the first tick; no
   * caller of Knative meets that, since a new revision is not ready before its first instance is.
   * @default false
   */
  readonly atZero?: boolean;
  /** @default true */
  readonly enableScaleToZero?: boolean;
  /** How long the activator must be in the path before the last instance goes. > 0 ms. @default 30_000 */
  readonly scaleToZeroGraceMs?: number;
  /** How long the last instance is kept at least: the keep-alive of this model. ≥ 0 ms. @default 0 */
  readonly podRetentionMs?: number;
  /** How a window is averaged; `weighted` follows changes faster. @default 'linear' */
  readonly aggregation?: 'linear' | 'weighted';
  /** Most requests that wait; the next is refused with `throttled` (429). Integer ≥ 0. @default 1000 */
  readonly maxQueued?: number;
  /** Longest wait; then `no-capacity` (503). ≥ 0 ms. @default 30_000 */
  readonly maxQueueMs?: number;
}

/** What a figure may show of it. */
export interface KpaStatus {
  /** Averages of the last tick; null when there was no data. */
  readonly stable: number | null;
  readonly panic: number | null;
  readonly panicking: PanicState;
  /** What the autoscaler asked for; null before its first decision. */
  readonly desired: number | null;
  /** What is being made, after bounds and the rules for zero. */
  readonly scale: number;
  readonly excessBurstCapacity: number;
  readonly activatorInPath: boolean;
  readonly state: ActiveState;
}

/** Knative's floor for a target. */
const TARGET_MIN = 0.01;
/** Knative gives a revision ten minutes to become ready, and ten seconds more. */
const ACTIVATION_TIMEOUT_MS = 610_000;

export class Kpa implements ScalingPolicy {
  readonly name = 'kpa';
  readonly concurrency: number;
  readonly maxInstances: number;
  /** The autoscaler alone says how many there are. */
  readonly keptInstances = 0;
  readonly idleTimeoutMs = Infinity;
  /** Knative takes the pods in turn. */
  readonly spread = true;
  readonly maxQueued: number;
  readonly maxQueueMs: number;
  readonly tickMs = TICK_MS;

  readonly #options: KpaOptions;
  readonly #spec: AutoscalerSpec;
  readonly #metric: ConcurrencyMetric;
  #autoscaler: Autoscaler | null = null;
  #activation: Activation | null = null;
  /** A request came while the autoscaler wanted none. */
  #wasPoked = false;
  #status: KpaStatus | null = null;

  /** @throws RangeError naming the option, what was expected and what came */
  constructor(options: KpaOptions = {}) {
    this.#options = options;
    this.#spec = specOf(options);
    this.concurrency = options.containerConcurrency ? options.containerConcurrency : Infinity;
    this.maxInstances = options.maxScale ?? 32;
    this.maxQueued = options.maxQueued ?? 1000;
    this.maxQueueMs = options.maxQueueMs ?? 30_000;
    const { stableWindowMs } = this.#spec;
    const share = (options.panicWindowPercentage ?? 10) / 100;
    this.#metric = new ConcurrencyMetric({
      stableWindowMs,
      panicWindowMs: Math.max(1000, Math.round((stableWindowMs * share) / 1000) * 1000),
      aggregation: options.aggregation ?? 'linear',
    });
  }

  /** As of the last tick; null before the first. */
  get status(): KpaStatus | null {
    return this.#status;
  }

  place(pool: PoolView): Placement {
    if (pool.idleInstances > 0) return 'idle';
    if (pool.openInstances > 0) return 'open';
    if (this.#desired !== 0) return 'wait';
    this.#wasPoked = true;
    return 'scale';
  }

  observe(pool: PoolView, nowMs: number): void {
    const { runningRequests, boundRequests, waitingRequests, readyInstances } = pool;
    const requests = runningRequests + boundRequests + waitingRequests;
    this.#metric.observe(nowMs, requests, readyInstances);
  }

  desired(pool: PoolView, nowMs: number): number {
    this.observe(pool, nowMs);
    if (this.#wasPoked) this.#metric.announce(nowMs);
    this.#wasPoked = false;
    const ready = pool.readyInstances;
    const observed = this.#metric.observed(nowMs);
    this.#autoscaler ??= new Autoscaler(this.#spec, ready, nowMs);
    this.#activation ??= new Activation(this.#activationOptions(), nowMs);
    const decision = this.#autoscaler.decide(nowMs, ready, observed);
    const wish = decision.valid ? decision : this.#latestWish();
    const scale = this.#activation.reconcile(nowMs, wish, ready);
    this.#status = {
      stable: observed?.stable ?? null,
      panic: observed?.panic ?? null,
      panicking: this.#autoscaler.panic,
      desired: wish.desired,
      scale,
      excessBurstCapacity: wish.excessBurstCapacity,
      activatorInPath: this.#activation.activatorInPath,
      state: this.#activation.state,
    };
    return scale;
  }

  /** What the autoscaler asked for last; a revision at rest was told zero before the pool began. */
  get #desired(): number | null {
    return this.#status?.desired ?? (this.#options.atZero ? 0 : null);
  }

  /** What the last valid decision said; before any, that burst capacity is what the first instances have. */
  #latestWish(): { desired: number | null; excessBurstCapacity: number } {
    if (this.#status !== null) return this.#status;
    const { targetBurstCapacity: burst, totalValue } = this.#spec;
    const initial = this.#options.initialScale ?? 1;
    return {
      desired: null,
      excessBurstCapacity: burst <= 0 ? burst : Math.trunc(initial * totalValue - burst),
    };
  }

  #activationOptions(): ConstructorParameters<typeof Activation>[0] {
    const options = this.#options;
    return {
      minScale: options.minScale ?? 0,
      maxScale: this.maxInstances,
      initialScale: options.initialScale ?? 1,
      enableScaleToZero: options.enableScaleToZero ?? true,
      stableWindowMs: this.#spec.stableWindowMs,
      scaleToZeroGraceMs: options.scaleToZeroGraceMs ?? 30_000,
      podRetentionMs: options.podRetentionMs ?? 0,
      activationTimeoutMs: ACTIVATION_TIMEOUT_MS,
      targetBurstCapacity: this.#spec.targetBurstCapacity,
    };
  }
}

function specOf(options: KpaOptions): AutoscalerSpec {
  const limit = options.containerConcurrency ?? 0;
  const totalValue = Math.min(options.target ?? (limit || 100), limit || Infinity);
  const spec = {
    targetValue: Math.max(TARGET_MIN, totalValue * (options.targetUtilization ?? 0.7)),
    totalValue,
    targetBurstCapacity: options.targetBurstCapacity ?? 211,
    panicThreshold: (options.panicThresholdPercentage ?? 200) / 100,
    maxScaleUpRate: options.maxScaleUpRate ?? 1000,
    maxScaleDownRate: options.maxScaleDownRate ?? 2,
    stableWindowMs: options.stableWindowMs ?? 60_000,
    scaleDownDelayMs: options.scaleDownDelayMs ?? 0,
    activationScale: options.activationScale ?? 1,
    reachable: true,
  };
  expectRange('maxScaleUpRate', spec.maxScaleUpRate, spec.maxScaleUpRate > 1, 'above 1');
  expectRange('maxScaleDownRate', spec.maxScaleDownRate, spec.maxScaleDownRate > 1, 'above 1');
  expectRange(
    'targetBurstCapacity',
    spec.targetBurstCapacity,
    spec.targetBurstCapacity >= 0 || spec.targetBurstCapacity === -1,
    'at least 0, or -1 for an activator that stays in the path',
  );
  expectRange(
    'stableWindowMs',
    spec.stableWindowMs,
    spec.stableWindowMs >= 6000 && spec.stableWindowMs <= 3_600_000,
    'from 6,000 to 3,600,000',
  );
  return spec;
}

function expectRange(name: string, found: number, isRight: boolean, expected: string): void {
  if (!isRight) throw new RangeError(`Expected ${name} ${expected}, found ${String(found)}.`);
}
