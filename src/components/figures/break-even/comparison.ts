/** The function's bill beside the machine's: everything is computed by the core's own prices. */

import { bill, HOURS_A_MONTH, refusals } from '#faas/prices/bill.ts';
import type { Bill } from '#faas/prices/bill.ts';
import { bendsOf, breakEven, costAt } from '#faas/prices/break-even.ts';
import type { Crossing, Offer } from '#faas/prices/break-even.ts';
import { FUNCTION_TABLES, MACHINE_TABLES } from '#faas/prices/catalog.ts';
import { combined, type PriceTable } from '#faas/prices/table.ts';
import { apiGatewayHttp } from '#faas/prices/tables/around.ts';
import { ownMachine, publicIpv4 } from '#faas/prices/tables/machines.ts';
import { times, usageOf, type Usage } from '#faas/prices/usage.ts';
import type { BreakEvenSetup } from './setup.ts';

/** One side of the comparison: a function or a machine, with its monthly bill. */
export interface CostSide {
  readonly offer: Offer;
  /** `AWS Lambda (x86, on demand)` */
  readonly name: string;
  /** At the reader's number of calls. */
  readonly bill: Bill;
  /** The plan has a limit that this load goes beyond: it is no offer. */
  readonly refused: boolean;
}

/** Both sides at the number of calls that is set up, and where they cross. */
export interface CostComparison {
  readonly setup: BreakEvenSetup;
  /** What one warm call uses. */
  readonly perCall: Usage;
  readonly fn: CostSide;
  readonly machine: CostSide;
  /** Where they cost the same; null when one is cheaper at any number of calls. */
  readonly crossing: Crossing | null;
}

/** One function provider at the reader's number of calls. */
export interface CostAlternative {
  readonly id: string;
  readonly name: string;
  readonly amount: number;
  readonly refused: boolean;
  readonly crossing: Crossing | null;
}

/** @throws when no price table has the id that is set up */
export function compareCosts(setup: BreakEvenSetup): CostComparison {
  const perCall = perCallOf(setup);
  const fn = sideOf(functionOffer(tableOf(FUNCTION_TABLES, setup.fn), setup), setup);
  const machine = sideOf(machineOffer(setup), setup);
  return { setup, perCall, fn, machine, crossing: crossingOf(fn.offer, machine.offer, perCall) };
}

/** Every function provider, as set, against the same machine. */
export function costAlternatives({ setup, perCall, machine }: CostComparison): CostAlternative[] {
  return FUNCTION_TABLES.map((table) => {
    const offer = functionOffer(table, setup);
    return {
      id: table.id,
      name: priceTableName(table),
      amount: costAt(offer, perCall, setup.calls),
      refused: refusals(table, times(perCall, setup.calls), offer.options).length > 0,
      crossing: crossingOf(offer, machine.offer, perCall),
    };
  });
}

/** What the function's bill is made of just before a number of calls: a line from `base` on. */
export interface BillSlope {
  /** What one more call costs. */
  readonly each: number;
  /** Where that line begins: below zero when something was free, above when something is fixed. */
  readonly base: number;
}

/** @param calls where the line ends, in calls a month */
export function slopeBefore({ offer }: CostSide, perCall: Usage, calls: number): BillSlope {
  const from = bendsOf(offer, perCall).findLast((bend) => bend < calls * (1 - 1e-9)) ?? 0;
  const [low, high] = [costAt(offer, perCall, from), costAt(offer, perCall, calls)];
  const each = (high - low) / (calls - from);
  return { each, base: high - each * calls };
}

/** Calls a second, evenly over a month. @param calls a month */
export function perSecond(calls: number): number {
  return calls / (HOURS_A_MONTH * 3600);
}

/**
 * Without the words in brackets that only its own page needs: `AWS EC2 (t4g.small)`. A price that was
 * read on no dated page is named as such wherever its table is.
 */
export function priceTableName(table: PriceTable): string {
  const { id, provider, plan } = table;
  if (id === 'own-machine') return 'your own machine';
  const unsure = isUnverified(table) ? ', price not verified' : '';
  return `${provider} (${plan.replace(/ \(.*\)/, '')}${unsure})`;
}

/** Whether capacity that is kept ready is part of the table's price. */
export function keepsReady(table: PriceTable): boolean {
  return table.charges.some(({ of }) => of === 'provisionedMbMs');
}

function isUnverified({ charges, fees }: PriceTable): boolean {
  const prices = [...charges.flatMap(({ tiers }) => tiers), ...fees];
  return prices.some(({ citation }) => citation.kind === 'unverified');
}

function perCallOf({ ms, mb, cpu }: Pick<BreakEvenSetup, 'ms' | 'mb' | 'cpu'>): Usage {
  return usageOf([{ handlerMs: ms, cpuMs: (ms * cpu) / 100, memoryMb: mb }]);
}

function functionOffer(table: PriceTable, { free, gateway, ready, mb }: BreakEvenSetup): Offer {
  return {
    table: gateway ? combined(table, apiGatewayHttp) : table,
    options: { freeTier: free, provisioned: { instances: ready, memoryMb: mb } },
  };
}

function machineOffer({ machine, machines, own, address }: BreakEvenSetup): Offer {
  if (machine === 'own-machine') return { table: ownMachine(own * machines) };
  const table = tableOf(MACHINE_TABLES, machine);
  return { table: address ? combined(table, publicIpv4) : table, options: { machines } };
}

function sideOf(offer: Offer, { calls, ...setup }: BreakEvenSetup): CostSide {
  const { table, options } = offer;
  const name = priceTableName(table);
  const several = table.id.startsWith(setup.machine) && setup.machines > 1;
  const usage = times(perCallOf(setup), calls);
  return {
    offer,
    name: several ? `${String(setup.machines)} × ${name}` : name,
    bill: bill(table, usage, options),
    refused: refusals(table, usage, options).length > 0,
  };
}

/** A machine's cost does not depend on its load and a function's only grows, so they cross at most once. */
function crossingOf(fn: Offer, machine: Offer, perCall: Usage): Crossing | null {
  return breakEven(fn, machine, perCall)[0] ?? null;
}

function tableOf(tables: readonly PriceTable[], id: string): PriceTable {
  const found = tables.find((table) => table.id === id);
  if (found) return found;
  const known = tables.map((table) => table.id).join(', ');
  throw new RangeError(`Expected the id of a price table, found "${id}". There are ${known}.`);
}
