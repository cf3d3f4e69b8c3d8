/** A load on three price lists, as the figure tells of it. Everything is computed by the core's prices. */

import { HOURS_A_MONTH } from '#faas/prices/bill.ts';
import { dayOfHours, shapeOf, type HourlyLoad, type LoadShape } from '#faas/prices/hourly-load.ts';
import {
  pricedCapacity,
  threeLists,
  type ListedOption,
  type ListedLoad,
} from '#faas/prices/three-lists.ts';
import { parseHours } from './hour-counts.ts';
import type { ListsSetup } from './setup.ts';

/** What came of a set-up. */
export interface ListsOutcome {
  readonly setup: ListsSetup;
  readonly load: HourlyLoad;
  readonly shape: LoadShape;
  readonly lists: ListedLoad;
  /** The ways to serve the load, from the cheapest; of two that cost the same the function first. */
  readonly ranked: readonly ListedOption[];
  /** Share that is used of what the machines could carry at their price alone; above 1 more is billed. */
  readonly used: number;
  /**
   * What a call costs in the function, over what it costs in machines that are used as far as their
   * price goes; null without calls, and where more than that is used on a day.
   */
  readonly premium: number | null;
  /** Dollars of the machines' month for CPU beyond their price. */
  readonly surplus: number;
}

/** Prices by their kind, as the page calls them. */
export const OPTION_NAMES = {
  function: 'Function',
  container: 'Containers',
  machine: 'Machines',
} as const;

/** Sums that differ by less than this are the same on any invoice, in dollars. */
const SAME = 0.005;

/** @throws saying what is wrong with the reader's own hours */
export function listsOutcome(setup: ListsSetup): ListsOutcome {
  const load =
    setup.hours.trim() === ''
      ? dayOfHours(setup.calls, setup.peak, HOURS_A_MONTH)
      : parseHours(setup.hours);
  const call = { ms: setup.ms, memoryMb: setup.mb, computing: setup.cpu / 100 };
  const filling = { fullTo: setup.full / 100, callsAtOnce: setup.atOnce, callMb: setup.callMb };
  const around = {
    door: setup.door,
    nat: setup.nat,
    addresses: setup.address,
    balancer: setup.balancer,
    second: setup.second,
    diskGb: setup.disk,
    logBytes: setup.log * 1000,
    answerBytes: setup.answer * 1000,
    freeTier: setup.free,
  };
  const shape = shapeOf(load, HOURS_A_MONTH);
  const lists = threeLists(load, call, around, filling);
  const ranked = Object.values(lists).sort((a: ListedOption, b: ListedOption) =>
    Math.abs(a.month - b.month) < SAME ? 0 : a.month - b.month,
  );
  const capacity = HOURS_A_MONTH * 3600 * pricedCapacity(call, filling) * machinesOf(lists);
  const used = shape.calls / capacity;
  const surplus = lists.machine.lines
    .filter(({ unit }) => unit === 'vCPU-hour')
    .reduce((sum, { amount }) => sum + amount, 0);
  const premium =
    used === 0 || surplus > 0 ? null : lists.function.month / lists.machine.month / used;
  return { setup, load, shape, lists, ranked, used, premium, surplus };
}

/** How many machines there are: as many as the busiest hour needs. */
export function machinesOf({ machine }: ListedLoad): number {
  return machine.servers[0] ?? 1;
}

/** Least and most containers that run in an hour. */
export function containersOf({ container }: ListedLoad): readonly [least: number, most: number] {
  const { servers } = container;
  return [servers.reduce((a, b) => Math.min(a, b)), servers.reduce((a, b) => Math.max(a, b))];
}

/** What the load is, in words: it was typed, or made of the dials. */
export function isOwn({ setup }: ListsOutcome): boolean {
  return setup.hours.trim() !== '';
}
