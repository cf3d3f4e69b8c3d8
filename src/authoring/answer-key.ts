/**
 * Answer keys that are computed and not believed: what an exercise claims of a bill or a break-even
 * is worked out with the course's own prices, and a claim that is wrong stops the build.
 */

import { bill, type BillOptions } from '#faas/prices/bill.ts';
import { breakEven } from '#faas/prices/break-even.ts';
import { FUNCTION_TABLES, MACHINE_TABLES } from '#faas/prices/catalog.ts';
import { combined, type PriceTable } from '#faas/prices/table.ts';
import { apiGatewayHttp, apiGatewayRest } from '#faas/prices/tables/around.ts';
import { add, NO_USAGE, times, usageOf, type Usage } from '#faas/prices/usage.ts';

/** One call, as an exercise describes it. */
export interface ExerciseCall {
  /** Time in the handler, waiting included. */
  readonly handlerMs: number;
  readonly memoryMb: number;
  /** How much of `handlerMs` the CPU works. @default all of it */
  readonly cpuMs?: number | undefined;
  /** Init of a cold start, on each call. @default 0 */
  readonly coldMs?: number | undefined;
}

/** A month of calls under one price table. */
export interface BillKey extends ExerciseCall {
  /** Id of a price table. */
  readonly table: string;
  /** A month. */
  readonly requests: number;
  /** @default true */
  readonly freeTier?: boolean | undefined;
  /** Id of a gateway before it. */
  readonly gateway?: string | undefined;
  /** Label of the only charge to count, for the mistake of forgetting the others. */
  readonly only?: string | undefined;
}

/** A function and a machine whose bills are compared. */
export interface BreakEvenKey extends ExerciseCall {
  /** Ids of price tables. */
  readonly function: string;
  readonly machine: string;
  readonly freeTier?: boolean | undefined;
  /** @default 1 */
  readonly machines?: number | undefined;
  readonly gateway?: string | undefined;
  /** As of a bill: the function's charge of this label alone. */
  readonly only?: string | undefined;
}

/** A claim of how many calls are at work at once: Little’s law. */
export interface BusyKey {
  readonly callsPerSecond: number;
  /** How long each call takes. */
  readonly seconds: number;
}

/** How often at least one of several is slow, when each is so by chance. */
export interface AnyOfKey {
  /** How often one of them is, from 0 to 1. */
  readonly share: number;
  /** How many are needed. Integer ≥ 1. */
  readonly of: number;
}

/** A percentile by the nearest rank. */
export interface PercentileKey {
  readonly values: readonly number[];
  /** In per cent. */
  readonly share: number;
}

/** One of `bill`, `breakEven`, `busy`, `anyOf` and `percentile`; the result is multiplied by `times`. */
export interface Computed {
  /** In the table's currency. */
  readonly bill?: BillKey | undefined;
  /** In calls a month. */
  readonly breakEven?: BreakEvenKey | undefined;
  /** In calls under way at a time, on average (Little's law). */
  readonly busy?: BusyKey | undefined;
  /** In per cent. */
  readonly anyOf?: AnyOfKey | undefined;
  /** One of its values. */
  readonly percentile?: PercentileKey | undefined;
  /** `0.000001` for an answer in millions; any factor for a mistake. @default 1 */
  readonly times?: number | undefined;
}

/** What changes about a month of calls. */
export interface Change {
  readonly requests?: number | undefined;
  /** More time in the handler in which the CPU works. */
  readonly workMs?: number | undefined;
  /** More time in the handler in which it waits. */
  readonly waitMs?: number | undefined;
  /** Of the base's time in the handler, the CPU works so long; the rest is waiting. */
  readonly cpuMs?: number | undefined;
  readonly coldMs?: number | undefined;
  /** The memory configured, instead of the base's. */
  readonly memoryMb?: number | undefined;
  /** An instance waits so long after each call, warm, for the next. */
  readonly idleMs?: number | undefined;
  /** Instances that are kept ready. */
  readonly ready?: number | undefined;
  /** Id of a gateway put before it. */
  readonly gateway?: string | undefined;
}

/** A claim that the bill of a month rises when it changes so. */
export interface Raise {
  readonly table: string;
  readonly change: Change;
}

/** What `Raise` changes: a month of calls past every free quantity. */
export const BASE_MONTH = { requests: 100e6, handlerMs: 100, cpuMs: 50, memoryMb: 512 } as const;

/** @throws RangeError that names what is not there, and what is */
export function answerOf(computed: Computed): number {
  const { times: factor = 1, ...ways } = computed;
  const given = Object.values(ways).filter((way) => way !== undefined);
  if (given.length !== 1)
    throw new RangeError('Expected one of `bill`, `breakEven`, `busy`, `anyOf` and `percentile`.');
  if (ways.bill) return factor * amountOf(ways.bill);
  if (ways.breakEven) return factor * crossingOf(ways.breakEven);
  if (ways.anyOf) return factor * 100 * (1 - (1 - ways.anyOf.share) ** ways.anyOf.of);
  if (ways.percentile) return factor * percentileOf(ways.percentile);
  const { callsPerSecond = 0, seconds = 0 } = ways.busy ?? {};
  return factor * callsPerSecond * seconds;
}

function percentileOf({ values, share }: PercentileKey): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.max(1, Math.ceil((share * sorted.length) / 100));
  const found = sorted[rank - 1];
  if (found === undefined)
    throw new RangeError('Expected `values` of a percentile, and none came.');
  return found;
}

/** Whether the bill rises. @throws RangeError as `answerOf` */
export function isRaised({ table: id, change }: Raise): boolean {
  const table = tableOf(id);
  const {
    requests = BASE_MONTH.requests,
    workMs = 0,
    waitMs = 0,
    coldMs = 0,
    cpuMs = BASE_MONTH.cpuMs,
  } = change;
  const { memoryMb = BASE_MONTH.memoryMb, idleMs = 0, ready = 0, gateway } = change;
  const call = {
    handlerMs: BASE_MONTH.handlerMs + workMs + waitMs,
    cpuMs: cpuMs + workMs,
    coldMs,
    memoryMb,
  };
  const changed = add(times(usageOf([call]), requests), idle(idleMs * requests, memoryMb));
  const options = { freeTier: false, provisioned: { instances: ready, memoryMb } };
  const before = bill(table, times(usageOf([BASE_MONTH]), BASE_MONTH.requests), {
    freeTier: false,
  }).total;
  return bill(behind(table, gateway), changed, options).total > before * (1 + 1e-12);
}

/** An instance that is there and has no request. */
function idle(ms: number, memoryMb: number): Usage {
  return {
    ...NO_USAGE,
    instanceMs: ms,
    instanceMbMs: ms * memoryMb,
    instance100Ms: ms,
    instance100MbMs: ms * memoryMb,
  };
}

function amountOf({ table: id, requests, freeTier, gateway, only, ...call }: BillKey): number {
  const whole = behind(tableOf(id), gateway);
  const table = only === undefined ? whole : alone(whole, only);
  return bill(table, times(perCall(call), requests), free(freeTier)).total;
}

/** The table with one charge and no fee: the mistake of forgetting the others. */
function alone(table: PriceTable, label: string): PriceTable {
  const charges = table.charges.filter((charge) => charge.label === label);
  if (charges.length > 0) return { ...table, charges, fees: [] };
  throw unknown(
    'charge',
    label,
    table.charges.map((charge) => charge.label),
  );
}

function crossingOf(key: BreakEvenKey): number {
  const { function: fn, machine, freeTier, machines = 1, gateway, only, ...call } = key;
  const whole = behind(tableOf(fn), gateway);
  const [crossing] = breakEven(
    { table: only === undefined ? whole : alone(whole, only), options: free(freeTier) },
    { table: tableOf(machine), options: { machines } },
    perCall(call),
  );
  if (crossing) return crossing.requests;
  throw new RangeError(`Expected "${fn}" and "${machine}" to cross, and they never do.`);
}

function perCall({ handlerMs, memoryMb, cpuMs = handlerMs, coldMs = 0 }: ExerciseCall): Usage {
  return usageOf([{ handlerMs, memoryMb, cpuMs, coldMs }]);
}

function free(freeTier = true): BillOptions {
  return { freeTier };
}

const GATEWAYS = [apiGatewayHttp, apiGatewayRest];
const TABLES = [...FUNCTION_TABLES, ...MACHINE_TABLES];

function behind(table: PriceTable, gateway: string | undefined): PriceTable {
  return gateway === undefined ? table : combined(table, tableOf(gateway, GATEWAYS));
}

function tableOf(id: string, tables: readonly PriceTable[] = TABLES): PriceTable {
  const found = tables.find((table) => table.id === id);
  if (found) return found;
  throw unknown(
    'price table',
    id,
    tables.map((table) => table.id),
  );
}

function unknown(what: string, name: string, known: readonly string[]): RangeError {
  return new RangeError(`There is no ${what} "${name}". There are ${known.join(', ')}.`);
}

/** `answer` as an author writes it: to the cent, or to as many decimals as are written. */
export function isRightAmount(written: number, computed: number): boolean {
  return written === asWritten(written, computed);
}

/** The computed answer with the decimals of the written one, two at least. */
export function asWritten(written: number, computed: number): number {
  const decimals = Math.max(2, /\.(\d+)$/.exec(String(written))?.[1]?.length ?? 0);
  return Number(computed.toFixed(decimals));
}
