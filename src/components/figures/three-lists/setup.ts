/** What the reader has set: a load, what a call takes, and what stands around the code. */

import type { FrontDoor } from '#faas/prices/three-lists.ts';
import { LAMBDA_MB, type DialTable } from '../dial.ts';

/** What the reader has set, by the names of the form's fields. */
export interface ListsSetup {
  /** Calls a month. */
  readonly calls: number;
  /** The busiest hour over the average one. */
  readonly peak: number;
  /** Share of a call's time in which it computes, in per cent. */
  readonly cpu: number;
  /** What one call takes. */
  readonly ms: number;
  readonly mb: number;
  /** How full a server may be, in per cent of its CPUs. */
  readonly full: number;
  /** Calls at once in a server, at most. */
  readonly atOnce: number;
  /** Memory that a call needs in a server. */
  readonly callMb: number;
  readonly door: FrontDoor;
  /** What each call writes into the log, and what it answers, in kB. */
  readonly log: number;
  readonly answer: number;
  /** Disk of each machine, in GB. */
  readonly disk: number;
  readonly nat: boolean;
  readonly address: boolean;
  readonly balancer: boolean;
  readonly second: boolean;
  readonly free: boolean;
  /** The reader's own calls of each hour, as they were typed; empty for the day of the dials. */
  readonly hours: string;
}

/** What the slider shows, in calls a month. */
export const LEAST_CALLS_LISTED = 1e3;
export const MOST_CALLS_LISTED = 1e10;

/** The numbers of the figure, by their names in a link. Declared like every option. */
export const LISTS_DIALS = {
  calls: {
    type: 'number',
    unit: 'calls a month',
    isWhole: true,
    least: 0,
    most: MOST_CALLS_LISTED,
    default: 10_000_000,
    meaning: 'how many calls a month has',
  },
  peak: {
    type: 'number',
    unit: 'times the average hour',
    least: 1,
    most: 24,
    default: 3,
    meaning: 'the busiest hour over the average one; at 24 all calls come in one hour',
  },
  cpu: {
    type: 'number',
    unit: '%',
    least: 0,
    most: 100,
    default: 50,
    meaning: 'share of a call’s time in which it computes; the rest is waiting',
  },
  ms: {
    type: 'number',
    unit: 'ms',
    least: 1,
    most: 900_000,
    default: 100,
    meaning: 'what one call takes on Lambda, warm',
    source: 'AWS Lambda: 900 s at most',
  },
  mb: LAMBDA_MB,
  full: {
    type: 'number',
    unit: '%',
    least: 1,
    most: 100,
    default: 70,
    meaning: 'how full a server may be, in per cent of its CPUs',
  },
  atOnce: {
    type: 'number',
    unit: 'calls',
    isWhole: true,
    least: 1,
    most: 1000,
    default: 80,
    meaning: 'calls at once in a server, at most',
    source: 'Cloud Run’s console (fact T04-21)',
  },
  callMb: {
    type: 'number',
    unit: 'MB',
    least: 1,
    most: 2048,
    default: 25,
    meaning: 'memory that a call in progress needs in a server of 2 GB',
  },
  log: {
    type: 'number',
    unit: 'kB',
    least: 0,
    most: 1000,
    default: 0,
    meaning: 'what each call writes into the log',
  },
  answer: {
    type: 'number',
    unit: 'kB',
    least: 0,
    most: 10_000,
    default: 0,
    meaning: 'what each call sends to the internet',
  },
  disk: {
    type: 'number',
    unit: 'GB',
    least: 0,
    most: 16_000,
    default: 0,
    meaning: 'disk of each machine',
  },
} as const satisfies DialTable;

type Dialled = { readonly [Name in keyof typeof LISTS_DIALS]: number };

/** In the order of the form. */
export const FIRST_LISTS: ListsSetup = {
  ...(Object.fromEntries(
    Object.entries(LISTS_DIALS).map(([name, dial]) => [name, dial.default]),
  ) as unknown as Dialled),
  door: 'none',
  nat: false,
  address: false,
  balancer: false,
  second: false,
  free: false,
  hours: '',
};

const NAMES = Object.keys(FIRST_LISTS) as (keyof ListsSetup)[];
const DOORS: readonly string[] = ['none', 'http', 'rest'] satisfies FrontDoor[];

/** @param state as a form or a link has it; what it leaves out is as by default */
export function listsOf(state: URLSearchParams): ListsSetup {
  const read = NAMES.map((name) => {
    const [value, fallback] = [state.get(name), FIRST_LISTS[name]];
    if (value === null || (name === 'door' && !DOORS.includes(value))) return [name, fallback];
    if (typeof fallback === 'boolean') return [name, value === '1'];
    return [name, typeof fallback === 'number' ? Number(value) : value];
  });
  return Object.fromEntries(read) as ListsSetup;
}
