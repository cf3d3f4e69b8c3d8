/** What a price table is: data that says what is metered, what it costs, and where that was read. */

import type { Usage } from './usage.ts';

/** Where a number was read. `fact` names the entry in the course's facts that holds it. */
export interface Citation {
  /** Null for a number that the reader typed. */
  readonly fact: string | null;
  readonly title: string;
  readonly url: string;
  /** When the number was true, in the words of the fact. */
  readonly asOf: string;
  /**
   * `primary`: read in the vendor's own text; `secondary`: in a copy or on a secondary page;
   * `unverified`: not read on any dated page, and to be shown as such; `reader`: typed by the reader.
   */
  readonly kind: 'primary' | 'secondary' | 'unverified' | 'reader';
}

/** What can be metered besides usage: what is rented by the hour, and database units. */
export interface Rented {
  /** Hours in the period that the bill is for. */
  readonly machineHours: number;
  readonly vcpuHours: number;
  readonly memoryGbHours: number;
  /** Capacity kept ready, in MB·ms. */
  readonly provisionedMbMs: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  /** What the function writes into its log. */
  readonly logBytes: number;
}

export type Metered = keyof Usage | keyof Rented;

export interface Tier {
  /** The tier ends at this quantity a month, free quantity not counted. Infinity for the last. */
  readonly upTo: number;
  /** As published, for `per` units. */
  readonly price: number;
  readonly per: number;
  readonly citation: Citation;
}

/** A quantity that costs nothing. */
export interface Allowance {
  /** In the charge's unit, a month. */
  readonly quantity: number;
  readonly citation: Citation;
}

export interface Charge {
  readonly label: string;
  /** What the quantity counts, singular: `GB-second`. */
  readonly unit: string;
  readonly of: Metered;
  /** How many of the metered field make one unit: 3,600,000 ms an hour. */
  readonly unitSize: number;
  /** Multiplied by the vCPUs of an instance. @default false */
  readonly byVcpu?: boolean;
  /** What the provider rounds up to before it adds. */
  readonly step?: { readonly ms: number; readonly citation: Citation };
  /** In order; at least one, the last without end. */
  readonly tiers: readonly Tier[];
  /** Given to everyone each month; the free tier that a bill may leave out. */
  readonly free?: Allowance;
  /** Paid for by the plan's fee. */
  readonly included?: Allowance;
}

/** A sum that is due each month, whatever is used. */
export interface Fee {
  readonly label: string;
  readonly price: number;
  readonly citation: Citation;
}

/** What a plan refuses to go beyond; it is a wall, not a price. */
export interface Limit {
  readonly label: string;
  readonly unit: string;
  readonly of: keyof Usage;
  readonly unitSize: number;
  readonly quantity: number;
  readonly per: 'month' | 'day' | 'request';
  readonly citation: Citation;
}

export interface PriceTable {
  /** Permanent: it is part of links and scenarios. */
  readonly id: string;
  readonly provider: string;
  /** What of the provider: `x86, on demand`. */
  readonly plan: string;
  readonly region: string;
  /** ISO 4217. */
  readonly currency: string;
  /** Whether it costs something while nobody calls. */
  readonly model: 'per-use' | 'always-on';
  readonly charges: readonly Charge[];
  readonly fees: readonly Fee[];
  readonly limits: readonly Limit[];
  /** What a reader of the bill must know. */
  readonly notes: readonly string[];
}

/**
 * Both tables on one bill: a function and the gateway before it.
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
