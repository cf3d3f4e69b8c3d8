/**
 * Runs one request per instance and keeps an idle instance for a while in case another request
 * comes: AWS Lambda's model, and the one SimFaaS simulates. A request takes the newest idle
 * instance, so that the others can expire; if none is idle, it starts one and waits for only that.
 */

import { settle, type Given, type OptionTable } from '../option.ts';
import type { Placement, PoolView, ScalingPolicy } from './policy.ts';
import { POOL_OPTIONS, REAL_INSTANCES } from './pool-options.ts';

const { idleTimeoutMs, freezeIdle, maxInstances, maxQueued, maxQueueMs } = POOL_OPTIONS;

/** Declarations of this policy's options. */
export const KEEP_ALIVE_OPTIONS = {
  idleTimeoutMs,
  freezeIdle,
  maxInstances: { ...maxInstances, notBelow: ['provisionedConcurrency'] },
  provisionedConcurrency: {
    type: 'number',
    unit: 'instances',
    isWhole: true,
    least: 0,
    real: REAL_INSTANCES,
    default: 0,
    meaning: 'instances kept ready from the beginning and never stopped, billed used or not',
    source: 'AWS Lambda: provisioned concurrency',
  },
  maxQueued,
  maxQueueMs,
} as const satisfies OptionTable;

/** This policy's options as input. */
export type KeepAliveOptions = Given<typeof KEEP_ALIVE_OPTIONS>;

/** The scaling policy `keep-alive`. */
export class KeepAlive implements ScalingPolicy {
  readonly name = 'keep-alive';
  readonly concurrency = 1;
  readonly maxInstances: number;
  readonly keptInstances: number;
  readonly idleTimeoutMs: number;
  readonly freezesIdle: boolean;
  readonly maxQueued: number;
  readonly maxQueueMs: number;

  constructor(options: KeepAliveOptions = {}) {
    const settled = settle(this.name, KEEP_ALIVE_OPTIONS, options);
    this.idleTimeoutMs = settled.idleTimeoutMs;
    this.freezesIdle = settled.freezeIdle;
    this.maxInstances = settled.maxInstances;
    this.keptInstances = settled.provisionedConcurrency;
    this.maxQueued = settled.maxQueued;
    this.maxQueueMs = settled.maxQueueMs;
  }

  place(pool: PoolView): Placement {
    if (pool.idleInstances > 0) return 'idle';
    return pool.startingInstances + pool.readyInstances < this.maxInstances ? 'start' : 'wait';
  }
}
