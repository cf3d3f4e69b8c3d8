/**
 * One request per instance, and an idle instance is kept for a while in case another comes: AWS
 * Lambda's model, and the one SimFaaS simulates. A request takes the newest idle instance, so that
 * the others can expire; if there is none, it starts one and waits for that one alone.
 */

import type { Placement, PoolView, ScalingPolicy } from './policy.ts';

export interface KeepAliveOptions {
  /**
   * An instance that has been idle for this long is stopped. ≥ 0 ms.
   *
   * Short here, so that a class sees zero within seconds. Observed on the real platforms (Jan 2021,
   * mikhail.io/serverless/coldstarts/big3): AWS 5–7 min, Google 15 min, Azure 20–30 min. Longer
   * means fewer cold starts and more memory held by instances that do nothing.
   * @default 10_000
   */
  readonly idleTimeoutMs?: number;
  /**
   * Most instances at once, starting or ready. Integer ≥ 1.
   *
   * AWS Lambda: 1,000 per account and Region (docs.aws.amazon.com, Lambda quotas). Here each one is
   * a process on the reader's machine.
   * @default 32
   */
  readonly maxInstances?: number;
  /**
   * Instances kept ready from the beginning and never reaped: what AWS calls provisioned
   * concurrency, and bills whether it is used or not. Integer from 0 to `maxInstances`.
   * @default 0
   */
  readonly provisionedConcurrency?: number;
  /**
   * Most requests that wait for an instance; the next one is refused with `throttled` (429).
   * Integer ≥ 0. AWS Lambda has no such queue for synchronous calls: 0 models that.
   * @default 1000
   */
  readonly maxQueued?: number;
  /** Longest wait for an instance; then `no-capacity` (503). ≥ 0 ms. @default 30_000 */
  readonly maxQueueMs?: number;
}

export class KeepAlive implements ScalingPolicy {
  readonly name = 'keep-alive';
  readonly concurrency = 1;
  readonly maxInstances: number;
  readonly keptInstances: number;
  readonly idleTimeoutMs: number;
  readonly maxQueued: number;
  readonly maxQueueMs: number;

  constructor(options: KeepAliveOptions = {}) {
    this.idleTimeoutMs = options.idleTimeoutMs ?? 10_000;
    this.maxInstances = options.maxInstances ?? 32;
    this.keptInstances = options.provisionedConcurrency ?? 0;
    this.maxQueued = options.maxQueued ?? 1000;
    this.maxQueueMs = options.maxQueueMs ?? 30_000;
  }

  place(pool: PoolView): Placement {
    if (pool.idleInstances > 0) return 'idle';
    return pool.startingInstances + pool.readyInstances < this.maxInstances ? 'start' : 'wait';
  }
}
