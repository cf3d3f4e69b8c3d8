/**
 * Runs many requests per instance and fills existing instances before it starts another, like
 * Vercel's Fluid compute and Google Cloud Run. Requests that wait for I/O share an instance.
 */

import { settle, type Given, type OptionTable } from '../option.ts';
import type { Placement, PoolView, ScalingPolicy } from './policy.ts';
import { POOL_OPTIONS, REAL_INSTANCES } from './pool-options.ts';

const { idleTimeoutMs, freezeIdle, maxInstances, maxQueued, maxQueueMs } = POOL_OPTIONS;

/** Declarations of this policy's options. */
export const CONCURRENT_OPTIONS = {
  concurrency: {
    type: 'number',
    unit: 'calls',
    isWhole: true,
    least: 1,
    default: 80,
    meaning: 'most calls that one instance runs at once',
    source:
      'Cloud Run: 80 in the console, 80 × vCPUs by gcloud, at most 1,000 (docs.cloud.google.com/run/docs/about-concurrency); Vercel publishes no number for Fluid',
  },
  maxInstances: { ...maxInstances, notBelow: ['minInstances'] },
  minInstances: {
    type: 'number',
    unit: 'instances',
    isWhole: true,
    least: 0,
    real: REAL_INSTANCES,
    default: 0,
    meaning: 'instances kept ready',
    source: 'Cloud Run: minimum instances',
  },
  idleTimeoutMs,
  freezeIdle,
  maxQueued,
  maxQueueMs,
} as const satisfies OptionTable;

/** This policy's options as input. */
export type ConcurrentOptions = Given<typeof CONCURRENT_OPTIONS>;

/** The scaling policy `concurrent`. */
export class Concurrent implements ScalingPolicy {
  readonly name = 'concurrent';
  readonly concurrency: number;
  readonly maxInstances: number;
  readonly keptInstances: number;
  readonly idleTimeoutMs: number;
  readonly freezesIdle: boolean;
  readonly maxQueued: number;
  readonly maxQueueMs: number;

  constructor(options: ConcurrentOptions = {}) {
    const settled = settle(this.name, CONCURRENT_OPTIONS, options);
    this.concurrency = settled.concurrency;
    this.maxInstances = settled.maxInstances;
    this.keptInstances = settled.minInstances;
    this.idleTimeoutMs = settled.idleTimeoutMs;
    this.freezesIdle = settled.freezeIdle;
    this.maxQueued = settled.maxQueued;
    this.maxQueueMs = settled.maxQueueMs;
  }

  place(pool: PoolView): Placement {
    if (pool.openInstances > 0) return 'open';
    if (pool.idleInstances > 0) return 'idle';
    return this.#isSpokenFor(pool) ? 'start' : 'wait';
  }

  /** Whether waiting requests will take all capacity of the instances that are starting. */
  #isSpokenFor({ startingInstances, boundRequests, waitingRequests }: PoolView): boolean {
    return boundRequests + waitingRequests >= startingInstances * this.concurrency;
  }
}
