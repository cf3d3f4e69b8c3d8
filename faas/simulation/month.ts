/** Extrapolates a shorter period's usage to the bill of a month. */

import type { PolicyChoice } from '../core/scaling/policies.ts';
import { bill, HOURS_A_MONTH, type Bill, type BillOptions } from '../prices/bill.ts';
import type { PriceTable } from '../prices/table.ts';
import { times, type Usage } from '../prices/usage.ts';

/** A period of time, the policy that served it, and its usage. */
export interface Stretch {
  readonly usage: Usage;
  /** Length of the period. Not > 0: nothing was observed, and the month is empty. */
  readonly seconds: number;
  readonly policy: PolicyChoice;
  /** Memory configured for the function, in MB. */
  readonly memoryMb: number;
}

/** The bill of a 730-hour month at this rate, with free quantities and rent. */
export function monthlyBill(table: PriceTable, stretch: Stretch): Bill {
  const { usage, seconds } = stretch;
  const whole = times(usage, seconds > 0 ? (HOURS_A_MONTH * 3600) / seconds : 0);
  return bill(table, whole, rentOf(stretch));
}

/** The bill options for capacity that a policy keeps, used or not. */
export function rentOf({ policy, memoryMb }: Pick<Stretch, 'policy' | 'memoryMb'>): BillOptions {
  if (policy.name === 'fixed') return { machines: policy.servers ?? 1 };
  if (policy.name === 'keep-alive' && policy.provisionedConcurrency) {
    return { provisioned: { instances: policy.provisionedConcurrency, memoryMb } };
  }
  return {};
}
