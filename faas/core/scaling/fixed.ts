/**
 * A fixed number of servers that are always on, and a line before them: a virtual machine, a
 * container with a replica count, what serverless is compared with. Nothing ever starts for a
 * request, and nothing stops when there is none.
 */

import type { Placement, PoolView, ScalingPolicy } from './policy.ts';

export interface FixedOptions {
  /** How many servers. Integer ≥ 1. @default 1 */
  readonly servers?: number;
  /**
   * Most requests one server runs at once: its threads or workers. Integer ≥ 1.
   * @default 1
   */
  readonly concurrency?: number;
  /** Most requests in line; then `throttled` (429). Integer ≥ 0, or Infinity. @default 1000 */
  readonly maxQueued?: number;
  /** Longest wait in line; then `no-capacity` (503). ≥ 0 ms, or Infinity. @default 30_000 */
  readonly maxQueueMs?: number;
}

export class Fixed implements ScalingPolicy {
  readonly name = 'fixed';
  readonly concurrency: number;
  readonly maxInstances: number;
  readonly keptInstances: number;
  readonly idleTimeoutMs = Infinity;
  readonly spread = true;
  readonly maxQueued: number;
  readonly maxQueueMs: number;

  constructor(options: FixedOptions = {}) {
    this.maxInstances = this.keptInstances = options.servers ?? 1;
    this.concurrency = options.concurrency ?? 1;
    this.maxQueued = options.maxQueued ?? 1000;
    this.maxQueueMs = options.maxQueueMs ?? 30_000;
  }

  /** An idle server before one that is busy already: a load balancer spreads. */
  place(pool: PoolView): Placement {
    if (pool.idleInstances > 0) return 'idle';
    return pool.openInstances > 0 ? 'open' : 'wait';
  }
}
