/** The format of a price table: data on what is metered, its price, and the source of both. */

import type { Usage } from './usage.ts';

/** The source of a number. `fact` is the id of the entry in the course's facts. */
export interface Citation {
  /** Null for a number that the reader entered. */
  readonly fact: string | null;
  readonly title: string;
  readonly url: string;
  /** The date of the number, as the fact states it. */
  readonly asOf: string;
  /**
   * `primary`: from the vendor's own text; `secondary`: from a copy or a secondary page;
   * `unverified`: not found on a dated page, and shown as such; `reader`: entered by the reader.
   */
  readonly kind: 'primary' | 'secondary' | 'unverified' | 'reader';
}

/** Quantities metered besides usage: hourly rent, database units and logs. */
export interface Rented {
  /** Hours in the period that the bill is for. */
  readonly machineHours: number;
  readonly vcpuHours: number;
  readonly memoryGbHours: number;
  readonly diskGbHours: number;
  /** CPU that a burstable machine uses beyond what its price has in it. */
  readonly surplusVcpuHours: number;
  /** Capacity kept ready, in MB·ms. */
  readonly provisionedMbMs: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  /** Bytes that the function writes into its log. */
  readonly logBytes: number;
}

/** The name of a quantity that can be charged for. */
export type Metered = keyof Usage | keyof Rented;

/** A price that holds up to a monthly quantity. */
export interface Tier {
  /** End of the tier as a monthly quantity, without the free one. Infinity for the last tier. */
  readonly upTo: number;
  /** The published price of `per` units. */
  readonly price: number;
  readonly per: number;
  readonly citation: Citation;
}

/** A monthly quantity that is free of charge. */
export interface Allowance {
  /** In the charge's unit, per month. */
  readonly quantity: number;
  readonly citation: Citation;
}

/** A price for one metered quantity. */
export interface Charge {
  readonly label: string;
  /** The unit of the quantity, singular: `GB-second`. */
  readonly unit: string;
  readonly of: Metered;
  /** Amount of the metered field in one unit: 3,600,000 ms in an hour. */
  readonly unitSize: number;
  /** Multiplied by the vCPUs of an instance. @default false */
  readonly byVcpu?: boolean;
  /** The provider rounds each time up to this step before it adds. */
  readonly step?: { readonly ms: number; readonly citation: Citation };
  /** In order; at least one, the last without end. */
  readonly tiers: readonly Tier[];
  /** The monthly free tier; a bill can leave it out. */
  readonly free?: Allowance;
  /** The monthly quantity that the plan's fee includes. */
  readonly included?: Allowance;
}

/** A fixed monthly charge, independent of usage. */
export interface Fee {
  readonly label: string;
  readonly price: number;
  readonly citation: Citation;
}

/** A quantity that a plan does not allow to be exceeded at any price. */
export interface Limit {
  readonly label: string;
  readonly unit: string;
  readonly of: keyof Usage;
  readonly unitSize: number;
  readonly quantity: number;
  readonly per: 'month' | 'day' | 'request';
  readonly citation: Citation;
}

/** The charges, fees and limits of one plan of a provider. */
export interface PriceTable {
  /** Permanent, because links and scenarios contain it. */
  readonly id: string;
  readonly provider: string;
  /** The provider's plan: `x86, on demand`. */
  readonly plan: string;
  readonly region: string;
  /** ISO 4217 code. */
  readonly currency: string;
  /** `always-on` if it costs something while there are no calls. */
  readonly model: 'per-use' | 'always-on';
  readonly charges: readonly Charge[];
  readonly fees: readonly Fee[];
  readonly limits: readonly Limit[];
  /** Notes that every bill on this table shows. */
  readonly notes: readonly string[];
}

/**
 * Combines two tables into one bill, such as a function and the gateway in front of it.
 *
 * @throws RangeError when their currencies differ
 */
export function combined(first: PriceTable, second: PriceTable): PriceTable {
  if (first.currency !== second.currency) {
    throw new RangeError(
      `Expected two price tables in one currency, found ${first.id} in ${first.currency} and ` +
        `${second.id} in ${second.currency}; convert one of them first.`,
    );
  }
  return {
    ...first,
    id: `${first.id}+${second.id}`,
    provider: `${first.provider} + ${second.provider}`,
    model: first.model === 'per-use' && second.model === 'per-use' ? 'per-use' : 'always-on',
    charges: [...first.charges, ...second.charges],
    fees: [...first.fees, ...second.fees],
    limits: [...first.limits, ...second.limits],
    notes: [...first.notes, ...second.notes],
  };
}
