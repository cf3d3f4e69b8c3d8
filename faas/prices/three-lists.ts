/**
 * One load on three price lists: a function, containers that follow the load by the hour, and machines
 * that are as many as the busiest hour needs. With each of them what stands around it.
 */

import { bill, HOURS_A_MONTH, type BillLine, type BillOptions } from './bill.ts';
import { cpuShare, LAMBDA_MB_PER_VCPU } from './cpu-share.ts';
import { HOURS_A_DAY, shapeOf, type HourlyLoad } from './hourly-load.ts';
import { combined, type PriceTable } from './table.ts';
import {
  apiGatewayHttp,
  apiGatewayRest,
  gp3Disk,
  loadBalancer,
  logs,
  natGateway,
  trafficOut,
} from './tables/around.ts';
import { lambdaX86 } from './tables/lambda.ts';
import {
  ec2T4gSmall,
  fargateX86,
  publicIpv4,
  T4G_SMALL_BASELINE,
  t4gSurplus,
} from './tables/machines.ts';
import { NO_USAGE, times, usageOf } from './usage.ts';

/** What one call takes, as it is on Lambda with this memory. */
export interface ListedCall {
  /** From its beginning to its end, warm. > 0 */
  readonly ms: number;
  /** Memory configured for the function. > 0 */
  readonly memoryMb: number;
  /** Share of the time in which it computes, 0 to 1; the rest is waiting. */
  readonly computing: number;
}

/** A front door of AWS, or none: a function URL, an address of the machine itself. */
export type FrontDoor = 'none' | 'http' | 'rest';

/** What stands around the code, as far as a dated price of it was read. */
export interface Surroundings {
  /** Before the function. */
  readonly door: FrontDoor;
  /** So that a function in a private network reaches the internet; its hours alone, not its traffic. */
  readonly nat: boolean;
  /** Public IPv4 addresses: one for each server, or instead those of the balancer before them. */
  readonly addresses: boolean;
  /** Before containers and before machines; its hours alone, not its capacity units. */
  readonly balancer: boolean;
  /** At least two containers, and two machines, so that one may fail. */
  readonly second: boolean;
  /** Of each machine, in GB. ≥ 0 */
  readonly diskGb: number;
  /** Written into the log by each call, in all three. ≥ 0 */
  readonly logBytes: number;
  /** Sent to the internet by each call, in all three. ≥ 0 */
  readonly answerBytes: number;
  /** Takes the monthly free quantities off: Lambda's, and those of logs and traffic. */
  readonly freeTier: boolean;
}

/** Nothing around the code, and nothing free. */
export const BARE: Surroundings = {
  door: 'none',
  nat: false,
  addresses: false,
  balancer: false,
  second: false,
  diskGb: 0,
  logBytes: 0,
  answerBytes: 0,
  freeTier: false,
};

/** How full a server may be, and how many calls it takes at once. */
export interface Filling {
  /** Share of a server's CPUs that an hour may use, in (0, 1]. */
  readonly fullTo: number;
  /** Calls at once in one server, at most. ≥ 1 */
  readonly callsAtOnce: number;
  /** Memory that a call in progress needs in a server, in MB. From 0 to `SERVER_MB`. */
  readonly callMb: number;
}

/** One way to serve the load. */
export interface ListedOption {
  readonly id: 'function' | 'container' | 'machine';
  /** Dollars in a month of 730 hours. */
  readonly month: number;
  /** What the month is made of. */
  readonly lines: readonly BillLine[];
  /** Dollars in each hour of the load; their mean times 730 is the month. */
  readonly hourly: readonly number[];
  /** Servers that run in each hour; empty for the function, which has none. */
  readonly servers: readonly number[];
}

/** A load on the three lists. */
export interface ListedLoad {
  readonly function: ListedOption;
  readonly container: ListedOption;
  readonly machine: ListedOption;
}

/** vCPUs of a container (Fargate, 1 vCPU and 2 GB) and of a machine (t4g.small), as the tables have them. */
export const SERVER_VCPUS = { container: 1, machine: 2 } as const;

/** Memory of either, in MB. */
export const SERVER_MB = 2048;

/** A balancer stands in two zones at least, with an address in each (fact X18-04). */
const BALANCER_ADDRESSES = 2;
const MS_AN_HOUR = 3_600_000;

const DOORS: Readonly<Record<FrontDoor, readonly PriceTable[]>> = {
  none: [],
  http: [apiGatewayHttp],
  rest: [apiGatewayRest],
};

/** Prices a load on all three lists. Within an hour the calls are taken to come evenly. */
export function threeLists(
  load: HourlyLoad,
  call: ListedCall,
  around: Surroundings,
  filling: Filling,
): ListedLoad {
  return {
    function: functionOption(load, call, around),
    container: serverOption('container', load, call, around, filling),
    machine: serverOption('machine', load, call, around, filling),
  };
}

/** Milliseconds of a whole CPU that one call computes: Lambda gives less than one to a small function. */
export function wholeCpuMs({ ms, memoryMb, computing }: ListedCall): number {
  return ms * computing * cpuShare(memoryMb, LAMBDA_MB_PER_VCPU);
}

/** Calls a second that one server carries: as many as its CPUs compute, and as fit into it at once. */
export function serverCapacity(call: ListedCall, vcpus: number, filling: Filling): number {
  const cpuMs = wholeCpuMs(call);
  const takesMs = call.ms * (1 - call.computing) + cpuMs;
  const byCpu = cpuMs === 0 ? Infinity : (1000 * vcpus * filling.fullTo) / cpuMs;
  const fit = filling.callMb === 0 ? Infinity : Math.floor(SERVER_MB / filling.callMb);
  return Math.min(byCpu, (1000 * Math.min(filling.callsAtOnce, fit)) / takesMs);
}

/**
 * Calls a second that one machine carries at its price alone: a burstable one has a share of its CPUs
 * in it, and what it uses beyond that is billed.
 */
export function pricedCapacity(call: ListedCall, filling: Filling): number {
  const fullTo = Math.min(filling.fullTo, T4G_SMALL_BASELINE);
  return serverCapacity(call, SERVER_VCPUS.machine, { ...filling, fullTo });
}

function functionOption(load: HourlyLoad, call: ListedCall, around: Surroundings): ListedOption {
  const tables = [lambdaX86, ...DOORS[around.door], logs, trafficOut];
  const rented = around.nat ? [natGateway] : [];
  return optionOf('function', load, call, around, { perCall: tables, rented }, []);
}

function serverOption(
  id: 'container' | 'machine',
  load: HourlyLoad,
  call: ListedCall,
  around: Surroundings,
  filling: Filling,
): ListedOption {
  const capacity = 3600 * serverCapacity(call, SERVER_VCPUS[id], filling);
  const least = around.second ? 2 : 1;
  const needed = load.map((calls) => Math.max(least, Math.ceil(calls / capacity - 1e-9)));
  // Containers follow the load from hour to hour; machines are there for the busiest one.
  const most = needed.reduce((a, b) => Math.max(a, b), least);
  const servers = id === 'container' ? needed : needed.map(() => most);
  const each = [id === 'container' ? fargateX86 : ec2T4gSmall];
  if (around.addresses && !around.balancer) each.push(publicIpv4);
  if (id === 'machine' && around.diskGb > 0) each.push(gp3Disk);
  const rented = around.balancer ? [loadBalancer] : [];
  const surplus = id === 'machine' ? surplusOf(load, call, most) : 0;
  const addresses = around.addresses && around.balancer ? BALANCER_ADDRESSES : 0;
  const tables = { perCall: [logs, trafficOut], rented, addresses, each, surplus };
  return optionOf(id, load, call, around, tables, servers);
}

/** vCPU-hours a month beyond the baseline: what a day has too much, the next one does not give back. */
function surplusOf(load: HourlyLoad, call: ListedCall, machines: number): number {
  const anHour = T4G_SMALL_BASELINE * SERVER_VCPUS.machine * machines;
  const used = wholeCpuMs(call) / MS_AN_HOUR;
  let surplus = 0;
  for (let from = 0; from < load.length; from += HOURS_A_DAY) {
    const day = load.slice(from, from + HOURS_A_DAY);
    const calls = day.reduce((sum, count) => sum + count, 0);
    surplus += Math.max(0, calls * used - anHour * day.length);
  }
  return (surplus * HOURS_A_MONTH) / load.length;
}

/** Price tables by what makes their quantity grow. */
interface OptionTables {
  readonly perCall: readonly PriceTable[];
  /** By the hour, once. */
  readonly rented: readonly PriceTable[];
  /** Public addresses that are there once, however many servers run. @default 0 */
  readonly addresses?: number;
  /** By the hour of each server. */
  readonly each?: readonly PriceTable[];
  /** vCPU-hours a month beyond what a burstable machine has in its price. */
  readonly surplus?: number;
}

function optionOf(
  id: ListedOption['id'],
  load: HourlyLoad,
  call: ListedCall,
  around: Surroundings,
  { perCall, rented, addresses = 0, each = [], surplus = 0 }: OptionTables,
  servers: readonly number[],
): ListedOption {
  const { calls } = shapeOf(load, HOURS_A_MONTH);
  const { freeTier, logBytes, answerBytes, diskGb } = around;
  const one = usageOf([
    {
      handlerMs: call.ms,
      cpuMs: call.ms * call.computing,
      memoryMb: call.memoryMb,
      responseBytes: answerBytes,
    },
  ]);
  const bought = linesOf(perCall, times(one, calls), { freeTier, logBytes: logBytes * calls });
  const kept = [
    ...linesOf(rented, NO_USAGE, {}),
    ...linesOf([publicIpv4], NO_USAGE, { periodHours: addresses * HOURS_A_MONTH }),
  ];
  const serverHours = servers.reduce((sum, count) => sum + count, 0) / Math.max(1, servers.length);
  const run = [
    ...linesOf(each, NO_USAGE, { periodHours: serverHours * HOURS_A_MONTH, diskGb }),
    ...linesOf([t4gSurplus], NO_USAGE, { surplusVcpuHours: surplus }),
  ];
  const anHour = sumOf(kept) / HOURS_A_MONTH;
  const aServerHour = serverHours === 0 ? 0 : sumOf(run) / (serverHours * HOURS_A_MONTH);
  const aCall = calls === 0 ? 0 : sumOf(bought) / calls;
  const lines = [...run, ...kept, ...bought].filter(
    ({ amount, label }) => amount > 0 || label === 'Requests',
  );
  return {
    id,
    month: sumOf(lines),
    lines,
    hourly: load.map((count, hour) => anHour + aServerHour * (servers[hour] ?? 0) + aCall * count),
    servers,
  };
}

function linesOf(
  tables: readonly PriceTable[],
  usage: Parameters<typeof bill>[1],
  options: BillOptions,
): readonly BillLine[] {
  const [first, ...others] = tables;
  if (first === undefined) return [];
  return bill(others.reduce(combined, first), usage, options).lines;
}

function sumOf(lines: readonly BillLine[]): number {
  return lines.reduce((sum, { amount }) => sum + amount, 0);
}
