/** What every position of the keep-alive comes to: how many calls are cold, and what waiting costs. */

import { bill, HOURS_A_MONTH } from '#faas/prices/bill.ts';
import { cloudRunInstances } from '#faas/prices/tables/cloud-run.ts';
import { Meter } from '#faas/prices/usage.ts';
import type { SimulatedCourse } from '#faas/simulation/scenario.ts';
import type { TradeOffGoal } from './setup.ts';

/** What one position of the keep-alive comes to. */
export interface CurvePoint {
  readonly coldShare: number;
  /** Instances that wait, as an average over time. */
  readonly idle: number;
  /** What they cost in a month, in USD. */
  readonly idleCost: number;
}

/** Whose prices these are: the provider that bills an instance for as long as it lives. */
export const WAITING_PRICES = cloudRunInstances;

/** @param courses one for each position, in order */
export function curveOf(courses: readonly SimulatedCourse[], memoryMb: number): CurvePoint[] {
  return courses.map(({ summary: { requests, instances } }) => {
    const meter = new Meter(memoryMb);
    meter.lived(instances.average.idle * HOURS_A_MONTH * 3_600_000);
    return {
      coldShare: requests.coldShare,
      idle: instances.average.idle,
      idleCost: bill(WAITING_PRICES, meter.usage(), { scope: 'marginal' }).total,
    };
  });
}

/** Null when the goal is met; else what is missing. */
export function missingOf(
  { coldShare, idleCost }: CurvePoint,
  goal: TradeOffGoal,
): 'cold' | 'cost' | 'both' | null {
  const isCold = coldShare > goal.coldShare;
  const isDear = idleCost > goal.idleCost;
  if (isCold && isDear) return 'both';
  return isCold ? 'cold' : isDear ? 'cost' : null;
}
