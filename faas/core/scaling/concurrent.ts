/**
 * Many requests per instance, and existing instances are filled before another is started: Vercel's
 * Fluid compute and Google Cloud Run. Waiting for input and output costs no instance of its own.
 */

import type { Placement, PoolView, ScalingPolicy } from './policy.ts';

export interface ConcurrentOptions {
  /**
   * Most requests one instance runs at once. Integer ≥ 1.
   *
   * Cloud Run: 80 in the console, 80 × vCPUs by gcloud, at most 1,000
   * (docs.cloud.google.com/run/docs/about-concurrency). Vercel publishes no number for Fluid.
   * @default 80
   */
  readonly concurrency?: number;
  /**
   * Most instances at once, starting or ready. Integer ≥ 1. Here each is a process on the reader's
   * machine.
   * @default 32
   */
  readonly maxInstances?: number;
  /** Instances kept ready (Cloud Run: minimum instances). Integer ≥ 0. @default 0 */
  readonly minInstances?: number;
  /**
   * An instance that has been idle for this long is stopped. ≥ 0 ms. Short, so that a class sees
   * zero within seconds.
   * @default 10_000
   */
  readonly idleTimeoutMs?: number;
  /** Most requests that wait for room; then `throttled` (429). Integer ≥ 0. @default 1000 */
  readonly maxQueued?: number;
  /** Longest wait for room; then `no-capacity` (503). ≥ 0 ms. @default 30_000 */
  readonly maxQueueMs?: number;
}

export class Concurrent implements ScalingPolicy {
  readonly name = 'concurrent';
  readonly concurrency: number;
  readonly maxInstances: number;
  readonly keptInstances: number;
  readonly idleTimeoutMs: number;
  readonly maxQueued: number;
  readonly maxQueueMs: number;

  constructor(options: ConcurrentOptions = {}) {
    this.concurrency = options.concurrency ?? 80;
    this.maxInstances = options.maxInstances ?? 32;
    this.keptInstances = options.minInstances ?? 0;
    this.idleTimeoutMs = options.idleTimeoutMs ?? 10_000;
    this.maxQueued = options.maxQueued ?? 1000;
    this.maxQueueMs = options.maxQueueMs ?? 30_000;
  }

  place(pool: PoolView): Placement {
    if (pool.openInstances > 0) return 'open';
    if (pool.idleInstances > 0) return 'idle';
    return this.#isSpokenFor(pool) ? 'start' : 'wait';
  }

  /** Whether all the room of the instances that are starting is taken by those who wait for it. */
  #isSpokenFor({ startingInstances, boundRequests, waitingRequests }: PoolView): boolean {
    return boundRequests + waitingRequests >= startingInstances * this.concurrency;
  }
}
