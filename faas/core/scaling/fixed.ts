/**
 * A fixed number of always-on servers with a queue in front: a virtual machine, or a container with
 * a replica count. It is the baseline for serverless: the count does not depend on the requests.
 */

import { settle, type Given, type OptionTable } from '../option.ts';
import type { Placement, PoolView, ScalingPolicy } from './policy.ts';
import { POOL_OPTIONS, REAL_INSTANCES } from './pool-options.ts';

const { maxQueued, maxQueueMs } = POOL_OPTIONS;

/** Declarations of this policy's options. */
export const FIXED_OPTIONS = {
  servers: {
    type: 'number',
    unit: 'servers',
    isWhole: true,
    least: 1,
    real: REAL_INSTANCES,
    default: 1,
    meaning: 'how many servers there are, always',
  },
  concurrency: {
    type: 'number',
    unit: 'calls',
    isWhole: true,
    least: 1,
    default: 1,
    meaning: 'most calls that one server runs at once: its threads or workers',
  },
  maxQueued,
  maxQueueMs,
} as const satisfies OptionTable;

/** This policy's options as input. */
export type FixedOptions = Given<typeof FIXED_OPTIONS>;

/** The scaling policy `fixed`. */
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
    const settled = settle(this.name, FIXED_OPTIONS, options);
    this.maxInstances = this.keptInstances = settled.servers;
    this.concurrency = settled.concurrency;
    this.maxQueued = settled.maxQueued;
    this.maxQueueMs = settled.maxQueueMs;
  }

  /** Prefers an idle server to a busy one, as a load balancer does. */
  place(pool: PoolView): Placement {
    if (pool.idleInstances > 0) return 'idle';
    return pool.openInstances > 0 ? 'open' : 'wait';
  }
}
