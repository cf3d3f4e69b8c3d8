/**
 * Finds where two bills cross as the number of calls grows. Bills are piecewise linear and bend only
 * where a free quantity or a tier ends, so the crossings are solved exactly, piece by piece.
 */

import { freeQuantity, HOURS_A_MONTH, quantityOf, totalOf } from './bill.ts';
import type { BillOptions } from './bill.ts';
import type { PriceTable } from './table.ts';
import { NO_USAGE, times } from './usage.ts';
import type { Usage } from './usage.ts';

/** A price table with options: one way to serve the calls. */
export interface Offer {
  readonly table: PriceTable;
  /** @default a month of 730 hours, with the free tier */
  readonly options?: BillOptions;
}

/** A number of calls at which the cheaper offer changes. */
export interface Crossing {
  /** Calls a month at which both cost the same; in general not an integer. */
  readonly requests: number;
  readonly perSecond: number;
  /** What each costs a month there. */
  readonly amount: number;
  /** The id of the table that is cheaper with fewer calls, and with more. */
  readonly cheaperBelow: string;
  readonly cheaperAbove: string;
}

/** The bill's total at `requests` calls a month, each of which uses `perCall`. */
export function costAt({ table, options = {} }: Offer, perCall: Usage, requests: number): number {
  return totalOf(table, times(perCall, requests), options);
}

/**
 * Calls a month at which the bill reaches each of `amounts`; null where it never does, or does so
 * without any call.
 */
export function requestsFor(
  offer: Offer,
  perCall: Usage,
  amounts: readonly number[],
): (number | null)[] {
  const bends = [0, ...bendsOf(offer, perCall)];
  // After the last bend the bill is a straight line, so any point far out gives its slope.
  const knots = [...bends, 2 * (bends.at(-1) ?? 0) + 1e12].map((requests) => ({
    requests,
    amount: costAt(offer, perCall, requests),
  }));
  return amounts.map((amount) => {
    const index = knots.findIndex((knot) => knot.amount >= amount);
    const [before, after] = [knots[index - 1], knots[index]];
    if (before === undefined || after === undefined) return null;
    return root(before.requests, before.amount - amount, after.requests, after.amount - amount);
  });
}

/** Calls a month at which the bill's slope changes, in order. */
export function bendsOf({ table, options = {} }: Offer, perCall: Usage): number[] {
  const bends: number[] = [];
  for (const charge of table.charges) {
    const rent = quantityOf(charge, NO_USAGE, options);
    const each = quantityOf(charge, perCall, options) - rent;
    if (each <= 0) continue;
    const free = freeQuantity(charge, options);
    for (const end of [0, ...charge.tiers.map(({ upTo }) => upTo)]) {
      const requests = (end + free - rent) / each;
      if (requests > 0 && Number.isFinite(requests)) bends.push(requests);
    }
  }
  return bends.sort((a, b) => a - b);
}

/**
 * Every number of calls a month at which the cheaper of `a` and `b` changes, in order. If both cost
 * the same over a range, the crossing is at its end; a range from zero is not a crossing.
 *
 * @param perCall usage of one call, the same for both
 * @throws RangeError when their currencies differ
 */
export function breakEven(a: Offer, b: Offer, perCall: Usage): Crossing[] {
  if (a.table.currency !== b.table.currency) {
    throw new RangeError(
      `Expected two offers in one currency, found ${a.table.id} in ${a.table.currency} and ` +
        `${b.table.id} in ${b.table.currency}; convert one of them first.`,
    );
  }
  const gap = (requests: number): number => {
    const [ofA, ofB] = [costAt(a, perCall, requests), costAt(b, perCall, requests)];
    // Equal sums can differ in their last bits when added in another order.
    return Math.abs(ofA - ofB) <= 1e-12 * Math.max(ofA, ofB) ? 0 : ofA - ofB;
  };
  const hours = a.options?.periodHours ?? HOURS_A_MONTH;
  const bends = [...bendsOf(a, perCall), ...bendsOf(b, perCall)].sort((x, y) => x - y);
  const crossings: Crossing[] = [];
  /** The last gap that was not zero; its sign says which offer was dearer. */
  let before = 0;
  const note = (requests: number, sign: number): void => {
    if (before !== 0 && sign !== before) {
      crossings.push({
        requests,
        perSecond: requests / (hours * 3600),
        amount: costAt(a, perCall, requests),
        cheaperBelow: before < 0 ? a.table.id : b.table.id,
        cheaperAbove: sign < 0 ? a.table.id : b.table.id,
      });
    }
    before = sign;
  };

  let from = 0;
  let gapFrom = gap(0);
  if (gapFrom !== 0) before = Math.sign(gapFrom);
  for (const bend of bends) {
    if (bend === from) continue;
    const gapTo = gap(bend);
    const sign = Math.sign(gapTo);
    if (sign !== 0) note(root(from, gapFrom, bend, gapTo), sign);
    from = bend;
    gapFrom = gapTo;
  }
  // After the last bend the gap is a straight line, so a point far out gives its slope.
  const far = 2 * from + 1e12;
  const rise = gap(far) - gapFrom;
  if (Math.abs(rise) > 1e-12 * costAt(a, perCall, far)) {
    note(Math.max(root(from, gapFrom, far, gapFrom + rise), from), Math.sign(rise));
  }
  return crossings;
}

/** The zero of the line through two points, which must differ in sign. */
function root(x0: number, y0: number, x1: number, y1: number): number {
  return x0 - (y0 * (x1 - x0)) / (y1 - y0);
}
