/** How long a message rests after a failure. */

import type { Filled } from '../option.ts';
import type { QUEUE_OPTIONS } from './queue-options.ts';

/** The part of a trigger's options that is about failures. */
export type RetryPolicy = Pick<
  Filled<typeof QUEUE_OPTIONS>,
  'backOff' | 'retryS' | 'mostRetryS' | 'jitter'
>;

/**
 * The wait before a message is taken again, in s.
 *
 * @param receives how often it has been received: 1 after the first failure
 * @param random in [0, 1)
 */
export function retryDelayS(
  { backOff, retryS, mostRetryS, jitter }: RetryPolicy,
  receives: number,
  random: () => number,
): number {
  const grown = backOff === 'fixed' ? retryS : retryS * 2 ** Math.min(receives - 1, 60);
  const whole = Math.min(grown, mostRetryS);
  return jitter ? whole * random() : whole;
}
