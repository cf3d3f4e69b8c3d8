/** Options that several policies have. Where instances are real, each is a process or a worker. */

import type { OptionTable } from '../option.ts';

/** More than this are not for somebody's own machine. */
export const REAL_INSTANCES = { most: 1000, orUnlimited: false } as const;
/** A timer of a platform lasts a day at most. */
export const REAL_MS = { most: 86_400_000 } as const;

export const POOL_OPTIONS = {
  idleTimeoutMs: {
    type: 'number',
    unit: 'ms',
    least: 0,
    orUnlimited: true,
    real: REAL_MS,
    default: 10_000,
    meaning: 'an instance with nothing to do for this long is stopped',
    // Short, so that a class sees zero within seconds.
    source:
      'seen on real platforms: AWS 5–7 min, Google 15 min, Azure 20–30 min (mikhail.io/serverless/coldstarts/big3, January 2021)',
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
  /** AWS Lambda has no such queue for synchronous calls: 0 models that. */
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
