/** Options that several policies share. Real instances are processes or workers. */

import type { OptionTable } from '../option.ts';

/** Bounds on the number of instances on a reader's own machine. */
export const REAL_INSTANCES = { most: 1000, orUnlimited: false } as const;
/** Upper bound on real timers: one day. */
export const REAL_MS = { most: 86_400_000 } as const;

/** Declarations of the shared options. */
export const POOL_OPTIONS = {
  idleTimeoutMs: {
    type: 'number',
    unit: 'ms',
    least: 0,
    orUnlimited: true,
    real: REAL_MS,
    default: 10_000,
    meaning: 'an instance with nothing to do for this long is stopped',
    // Short, so that learners see the scale reach zero within seconds.
    source:
      'seen on real platforms: AWS 5–7 min, Google 15 min, Azure 20–30 min (mikhail.io/serverless/coldstarts/big3, January 2021)',
  },
  /** Where instances are no processes, or on Windows, a platform refuses it. */
  freezeIdle: {
    type: 'flag',
    default: false,
    meaning:
      'an instance is stopped by a signal after each answer and goes on before its next call: no timer runs in between',
    source:
      'AWS Lambda freezes the execution environment after an invocation (docs.aws.amazon.com, Lambda execution environment lifecycle)',
  },
  maxInstances: {
    type: 'number',
    unit: 'instances',
    isWhole: true,
    least: 1,
    orUnlimited: true,
    real: REAL_INSTANCES,
    default: 32,
    meaning: 'most instances of one function at once; further calls wait',
    source: 'AWS Lambda: 1,000 per account and Region (docs.aws.amazon.com, Lambda quotas)',
  },
  /** 0 models AWS Lambda, which has no queue for synchronous calls. */
  maxQueued: {
    type: 'number',
    unit: 'calls',
    isWhole: true,
    least: 0,
    orUnlimited: true,
    default: 1000,
    meaning: 'most calls that wait for one function; the next is refused with 429',
  },
  maxQueueMs: {
    type: 'number',
    unit: 'ms',
    least: 0,
    orUnlimited: true,
    real: REAL_MS,
    default: 30_000,
    meaning: 'longest wait for an instance; then the call is refused with 503',
  },
} as const satisfies OptionTable;
