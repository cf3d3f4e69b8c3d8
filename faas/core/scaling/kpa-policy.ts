/**
 * Knative's model: every two seconds an autoscaler sets the number of instances from the average
 * number of requests. A request waits while there is no instance; it does not start its own, and
 * instances have no fixed idle timeout.
 */

import { settle, type Filled } from '../option.ts';
import { Activation } from './kpa/activation.ts';
import { Autoscaler, TICK_MS } from './kpa/autoscaler.ts';
import type { AutoscalerSpec } from './kpa/autoscaler.ts';
import type { KpaStatus } from './kpa/status.ts';
import { ConcurrencyMetric } from './kpa/concurrency-metric.ts';
import { KPA_OPTIONS, type KpaOptions } from './kpa/kpa-options.ts';
import type { Placement, PoolView, ScalingPolicy } from './policy.ts';

/** Knative gives a revision ten minutes and ten seconds to become ready. */
const ACTIVATION_TIMEOUT_MS = 610_000;

/** The scaling policy `kpa`. */
export class Kpa implements ScalingPolicy {
  readonly name = 'kpa';
  readonly concurrency: number;
  readonly maxInstances: number;
  /** Always 0: the autoscaler alone sets the count. */
  readonly keptInstances = 0;
  readonly idleTimeoutMs = Infinity;
  /** Knative's activator picks pods in turn. */
  readonly spread = true;
  readonly maxQueued: number;
  readonly maxQueueMs: number;
  readonly tickMs = TICK_MS;

  readonly #options: Filled<typeof KPA_OPTIONS>;
  readonly #spec: AutoscalerSpec;
  /** Upper limit once the initial scale has been reached. */
  readonly #maxScale: number;
  readonly #metric: ConcurrencyMetric;
  #autoscaler: Autoscaler | null = null;
  #activation: Activation | null = null;
  /** A request came while the autoscaler wanted no instance. */
  #wasPoked = false;
  #status: KpaStatus | null = null;

  /** @throws RangeError naming the option, what was expected and what came */
  constructor(given: KpaOptions = {}) {
    const options = settle(this.name, KPA_OPTIONS, given);
    this.#options = options;
    this.#spec = specOf(options);
    this.#maxScale = options.maxScale || Infinity;
    this.concurrency = options.containerConcurrency || Infinity;
    this.maxInstances = Math.max(this.#maxScale, options.initialScale);
    this.maxQueued = options.maxQueued;
    this.maxQueueMs = options.maxQueueMs;
    const { stableWindowMs, aggregation } = options;
    const share = options.panicWindowPercentage / 100;
    this.#metric = new ConcurrencyMetric({
      stableWindowMs,
      panicWindowMs: Math.max(1000, Math.round((stableWindowMs * share) / 1000) * 1000),
      aggregation,
    });
  }

  /** The state at the last tick; null before the first. */
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

  /** The autoscaler's last count; a revision at rest starts as if it had been scaled to zero. */
  get #desired(): number | null {
    return this.#status?.desired ?? (this.#options.atZero ? 0 : null);
  }

  /** The last valid decision; before any, the burst capacity of the first instances. */
  #latestWish(): { desired: number | null; excessBurstCapacity: number } {
    if (this.#status !== null) return this.#status;
    const { targetBurstCapacity: burst, totalValue } = this.#spec;
    const { initialScale: initial } = this.#options;
    return {
      desired: null,
      excessBurstCapacity: burst <= 0 ? burst : Math.trunc(initial * totalValue - burst),
    };
  }

  #activationOptions(): ConstructorParameters<typeof Activation>[0] {
    const { minScale, initialScale, enableScaleToZero, scaleToZeroGraceMs, podRetentionMs } =
      this.#options;
    return {
      minScale,
      maxScale: this.#maxScale,
      initialScale,
      enableScaleToZero,
      stableWindowMs: this.#spec.stableWindowMs,
      scaleToZeroGraceMs,
      podRetentionMs,
      activationTimeoutMs: ACTIVATION_TIMEOUT_MS,
      targetBurstCapacity: this.#spec.targetBurstCapacity,
    };
  }
}

function specOf(options: Filled<typeof KPA_OPTIONS>): AutoscalerSpec {
  const { containerConcurrency: limit, target, targetUtilization } = options;
  const totalValue = Math.min(target ?? (limit || 100), limit || Infinity);
  return {
    targetValue: Math.max(KPA_OPTIONS.target.least, totalValue * targetUtilization),
    totalValue,
    targetBurstCapacity: options.targetBurstCapacity,
    panicThreshold: options.panicThresholdPercentage / 100,
    maxScaleUpRate: options.maxScaleUpRate,
    maxScaleDownRate: options.maxScaleDownRate,
    stableWindowMs: options.stableWindowMs,
    scaleDownDelayMs: options.scaleDownDelayMs,
    activationScale: options.activationScale ?? 1,
    reachable: true,
  };
}
