/** Computes a bill from usage, line by line, each with its formula and the source of its price. */

import { cpuShare, LAMBDA_MB_PER_VCPU } from './cpu-share.ts';
import type { Charge, Citation, Limit, PriceTable, Rented, Tier } from './table.ts';
import { times } from './usage.ts';
import type { Usage } from './usage.ts';

/** What a bill covers, and quantities that usage does not include. */
export interface BillOptions {
  /**
   * `month`: the provider's charge if this were the usage of a whole month.
   * `marginal`: what the usage adds once every free quantity is used up; no fees, no rent.
   * @default 'month'
   */
  readonly scope?: 'month' | 'marginal';
  /** Deducts the monthly free tier. @default true */
  readonly freeTier?: boolean;
  /** Hours in the month. > 0. @default 730, as in the providers' own examples */
  readonly periodHours?: number;
  /** Number of always-on machines. Integer ≥ 0. @default 1 */
  readonly machines?: number;
  /** vCPUs of an instance (Cloud Run) or of a task (Fargate). > 0. @default 1 */
  readonly vcpus?: number;
  /** Memory of a task (Fargate), in GB. > 0. @default 2 */
  readonly memoryGb?: number;
  /** Disk of each machine, in GB. ≥ 0. @default 0 */
  readonly diskGb?: number;
  /** vCPU-hours of a burstable machine beyond its baseline, averaged over days. ≥ 0. @default 0 */
  readonly surplusVcpuHours?: number;
  /** Lambda's provisioned concurrency. @default none */
  readonly provisioned?: {
    readonly instances: number;
    readonly memoryMb: number;
    /** How long it is kept, in hours. @default `periodHours` */
    readonly hours?: number;
  };
  /** DynamoDB request units. ≥ 0. @default 0 */
  readonly writeUnits?: number;
  readonly readUnits?: number;
  /** Bytes written into logs. ≥ 0. @default 0 */
  readonly logBytes?: number;
}

/** One charge of a bill. */
export interface BillLine {
  readonly label: string;
  /** Billed quantity in `unit`: the usage, rounded as billed, less the free quantity. */
  readonly quantity: number;
  readonly unit: string;
  /** Price of `per` units, as published. */
  readonly unitPrice: number;
  readonly per: number;
  readonly amount: number;
  /** `(3,000,000 − 1,000,000 free) requests × 0.2 USD ÷ 1,000,000` */
  readonly formula: string;
  /** The step to which the provider rounds each time up, in ms; null when it adds exact times. */
  readonly stepMs: number | null;
  readonly source: { readonly title: string; readonly url: string };
  readonly asOf: string;
  readonly kind: Citation['kind'];
  readonly fact: string | null;
}

/** The charges for some usage on one price table. */
export interface Bill {
  readonly table: string;
  readonly provider: string;
  readonly plan: string;
  readonly region: string;
  readonly currency: string;
  /** The sum of the lines, unrounded. */
  readonly total: number;
  readonly lines: readonly BillLine[];
  readonly notes: readonly string[];
}

/** Hours in a month, as in the providers' own examples. */
export const HOURS_A_MONTH = 730;

const MS_AN_HOUR = 3_600_000;
const PLAIN = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 });
const SMALL = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 });
const SHARE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 });
const MS = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });
const PRICE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 12 });

/** Bills the usage on a price table, with lines, formulas and notes. */
export function bill(table: PriceTable, usage: Usage, options: BillOptions = {}): Bill {
  const marginal = options.scope === 'marginal';
  const lines: BillLine[] = [];
  if (!marginal) {
    for (const fee of table.fees) {
      lines.push(
        lineOf(fee.label, 1, 'month', { ...fee, per: 1 }, `${priceText(fee.price, table)} a month`),
      );
    }
  }
  for (const charge of table.charges) {
    if (!(marginal && isRent(charge))) lines.push(...chargeLines(table, charge, usage, options));
  }
  return {
    table: table.id,
    provider: table.provider,
    plan: table.plan,
    region: table.region,
    currency: table.currency,
    total: lines.reduce((sum, line) => sum + line.amount, 0),
    lines,
    notes: [...table.notes, ...remarks(table, usage, options)],
  };
}

/** The total of `bill` without its lines: faster, since a curve needs hundreds of totals. */
export function totalOf(table: PriceTable, usage: Usage, options: BillOptions = {}): number {
  const marginal = options.scope === 'marginal';
  let total = 0;
  if (!marginal) for (const { price } of table.fees) total += price;
  for (const charge of table.charges) {
    if (marginal && isRent(charge)) continue;
    for (const { tier, quantity } of duesOf(charge, billedOf(charge, usage, options).billed)) {
      total += (quantity * tier.price) / tier.per;
    }
  }
  return total;
}

/** The bill of one click: what it adds, and what a month with a million such clicks would cost. */
export function clickBill(
  table: PriceTable,
  usage: Usage,
  options: BillOptions = {},
): { readonly once: Bill; readonly million: Bill } {
  return {
    once: bill(table, usage, { ...options, scope: 'marginal' }),
    million: bill(table, times(usage, 1e6), { ...options, scope: 'month' }),
  };
}

/** The usage that `charge` meters, in the charge's unit, before any free quantity. */
export function quantityOf(charge: Charge, usage: Usage, options: BillOptions = {}): number {
  const { of, unitSize, byVcpu = false } = charge;
  const rented = rentedOf(options);
  const metered = of in rented ? rented[of as keyof Rented] : usage[of as keyof Usage];
  // Unmeasured CPU time is at most the handler's own time.
  const bound = of === 'cpuMs' ? usage.cpuUnmeasuredMs : 0;
  return ((metered + bound) / unitSize) * (byVcpu ? (options.vcpus ?? 1) : 1);
}

/** The free quantity of `charge` in a month, in its unit. */
export function freeQuantity(charge: Charge, options: BillOptions = {}): number {
  if (options.scope === 'marginal') return 0;
  const free = (options.freeTier ?? true) ? (charge.free?.quantity ?? 0) : 0;
  return free + (charge.included?.quantity ?? 0);
}

/** The plan's limits that this usage exceeds in a month. If there are any, the plan is no option. */
export function refusals(table: PriceTable, usage: Usage, options: BillOptions = {}): Limit[] {
  return table.limits.filter((limit) => heldAgainst(limit, usage, options) > limit.quantity);
}

/** Whether a charge is by time, used or not. */
export function isRent(charge: Charge): boolean {
  return RENT.has(charge.of);
}

const RENT: ReadonlySet<string> = new Set<keyof Rented>([
  'machineHours',
  'vcpuHours',
  'memoryGbHours',
  'diskGbHours',
  'provisionedMbMs',
]);

function rentedOf(options: BillOptions): Rented {
  const hours = options.periodHours ?? HOURS_A_MONTH;
  const machineHours = hours * (options.machines ?? 1);
  const kept = options.provisioned;
  return {
    machineHours,
    vcpuHours: machineHours * (options.vcpus ?? 1),
    memoryGbHours: machineHours * (options.memoryGb ?? 2),
    diskGbHours: machineHours * (options.diskGb ?? 0),
    surplusVcpuHours: options.surplusVcpuHours ?? 0,
    provisionedMbMs: kept ? kept.instances * kept.memoryMb * (kept.hours ?? hours) * MS_AN_HOUR : 0,
    writeUnits: options.writeUnits ?? 0,
    readUnits: options.readUnits ?? 0,
    logBytes: options.logBytes ?? 0,
  };
}

function* chargeLines(
  table: PriceTable,
  charge: Charge,
  usage: Usage,
  options: BillOptions,
): Generator<BillLine> {
  const { used, free, billed } = billedOf(charge, usage, options);
  const stepMs = charge.step?.ms ?? null;
  const said = charge.included ? 'included' : 'free';
  for (const { tier, quantity, from } of duesOf(charge, billed)) {
    const lessFree = free > 0 && from === 0 && billed <= tier.upTo;
    const what = lessFree ? `(${count(used)} − ${count(free)} ${said})` : count(quantity);
    const formula =
      `${what} ${plural(charge.unit, quantity)} × ${priceText(tier.price, table)}` +
      (tier.per === 1 ? '' : ` ÷ ${count(tier.per)}`);
    const label = charge.tiers.length > 1 && from > 0 ? `${charge.label}, next tier` : charge.label;
    yield lineOf(label, quantity, charge.unit, tier, formula, stepMs);
  }
}

/** The part of a charge that falls into one price tier. */
interface Due {
  readonly tier: Tier;
  readonly quantity: number;
  /** The quantity at which the tier begins. */
  readonly from: number;
}

function duesOf({ tiers }: Charge, billed: number): Due[] {
  const dues: Due[] = [];
  let from = 0;
  for (const tier of tiers) {
    // The first tier always has a line, so that a charge of zero is shown.
    if (from > 0 && billed <= from) break;
    dues.push({ tier, quantity: Math.min(billed, tier.upTo) - from, from });
    from = tier.upTo;
  }
  return dues;
}

function billedOf(
  charge: Charge,
  usage: Usage,
  options: BillOptions,
): { used: number; free: number; billed: number } {
  const used = quantityOf(charge, usage, options);
  const free = Math.min(used, freeQuantity(charge, options));
  return { used, free, billed: used - free };
}

function lineOf(
  label: string,
  quantity: number,
  unit: string,
  { price, per, citation }: { price: number; per: number; citation: Citation },
  formula: string,
  stepMs: number | null = null,
): BillLine {
  const { title, url, asOf, kind, fact } = citation;
  const amount = (quantity * price) / per;
  const source = { title, url };
  return {
    label,
    quantity,
    unit,
    unitPrice: price,
    per,
    amount,
    formula,
    stepMs,
    source,
    asOf,
    kind,
    fact,
  };
}

/** Notes that a reader of this bill needs. */
function* remarks(table: PriceTable, usage: Usage, options: BillOptions): Generator<string> {
  const metered = new Set<string>(table.charges.map(({ of }) => of));
  const isStretched = metered.has('billed1MbMs') && usage.stretchMs > 0;
  if (isStretched) yield stretchText(usage);
  if (usage.cpuUnmeasuredMs > 0 && (isStretched || metered.has('cpuMs'))) {
    yield 'CPU time was not measured for every call; the handler’s whole time stands in for it, so the bill is an upper bound.';
  }
  if (options.scope === 'marginal') {
    if (table.model === 'always-on') {
      yield 'A machine that is always on costs the same with this call or without it.';
    }
    return;
  }
  for (const limit of refusals(table, usage, options)) {
    const used = heldAgainst(limit, usage, options);
    yield `This plan would refuse it: ${limit.label} is ${count(limit.quantity)} ${limit.unit} a ${limit.per}, and this is ${count(used)}.`;
  }
}

/** Explains why Lambda bills more milliseconds than were measured here. */
function stretchText(usage: Usage): string {
  const memoryMb = usage.billed1MbMs / usage.billed1Ms;
  const share = SHARE.format(cpuShare(memoryMb, LAMBDA_MB_PER_VCPU));
  const cpuMs = (usage.cpuMs + usage.cpuUnmeasuredMs) / usage.requests;
  const thereMs = cpuMs + usage.stretchMs / usage.requests;
  return `Lambda gives CPU by memory: ${count(memoryMb)} MB come with ${share} of a vCPU, ${count(LAMBDA_MB_PER_VCPU)} MB with a whole one (T03-09). So the ${MS.format(cpuMs)} ms of computing take ${MS.format(thereMs)} ms there, and are billed as that. Waiting takes as long as here.`;
}

function heldAgainst(limit: Limit, usage: Usage, options: BillOptions): number {
  const quantity = usage[limit.of] / limit.unitSize;
  if (limit.per === 'day') return quantity / ((options.periodHours ?? HOURS_A_MONTH) / 24);
  return limit.per === 'request' ? quantity / Math.max(1, usage.requests) : quantity;
}

function count(quantity: number): string {
  return Math.abs(quantity) < 1 ? SMALL.format(quantity) : PLAIN.format(quantity);
}

function plural(unit: string, quantity: number): string {
  return quantity === 1 || unit === 'GB' || unit.endsWith('ms') ? unit : `${unit}s`;
}

function priceText(price: number, { currency }: PriceTable): string {
  return `${PRICE.format(price)} ${currency}`;
}
