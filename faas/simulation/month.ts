/** The bill of a month, from a shorter time in which the month's usage was seen. */

import type { PolicyChoice } from '../core/scaling/policies.ts';
import { bill, HOURS_A_MONTH, type Bill, type BillOptions } from '../prices/bill.ts';
import type { PriceTable } from '../prices/table.ts';
import { times, type Usage } from '../prices/usage.ts';

/** A stretch of time, how it was served, and what that used. */
export interface Stretch {
  readonly usage: Usage;
  /** > 0, or nothing was seen and the month is empty. */
  readonly seconds: number;
  readonly policy: PolicyChoice;
  /** Memory configured for the function, in MB. */
  readonly memoryMb: number;
}

/** What a month of 730 hours would cost that went on like this, free quantities and rent included. */
export function monthlyBill(table: PriceTable, stretch: Stretch): Bill {
  const { usage, seconds } = stretch;
  const whole = times(usage, seconds > 0 ? (HOURS_A_MONTH * 3600) / seconds : 0);
  return bill(table, whole, rentOf(stretch));
}

/** What a policy keeps whether it is used or not. */
export function rentOf({ policy, memoryMb }: Pick<Stretch, 'policy' | 'memoryMb'>): BillOptions {
  if (policy.name === 'fixed') return { machines: policy.servers ?? 1 };
  if (policy.name === 'keep-alive' && policy.provisionedConcurrency) {
    return { provisioned: { instances: policy.provisionedConcurrency, memoryMb } };
  }
  return {};
}
