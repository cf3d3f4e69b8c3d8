/** What the reader of the explorer has set, and how it reads in the fragment of a link. */

import type { DialTable } from '../dial.ts';

/** What the reader has set, by the names of the form's fields. */
export interface BreakEvenSetup {
  /** Calls a month. */
  readonly calls: number;
  /** What one call takes. */
  readonly ms: number;
  /** Memory configured for the function. */
  readonly mb: number;
  /** Share of the time in which the CPU works, in per cent; the rest is waiting. */
  readonly cpu: number;
  /** Id of the function's price table. */
  readonly fn: string;
  /** Instances kept ready, where the provider sells that. */
  readonly ready: number;
  readonly free: boolean;
  /** An API gateway before the function, charged for each call. */
  readonly gateway: boolean;
  /** Id of the machine's price table. */
  readonly machine: string;
  readonly machines: number;
  /** A public IPv4 address for each machine; a price that the reader types has its own in it. */
  readonly address: boolean;
  /** What the reader's own machine costs a month. */
  readonly own: number;
}

/** What the explorer's axis shows, in calls a month. */
export const LEAST_CALLS = 1e3;
export const MOST_CALLS = 1e9;

/** The fields of the explorer, by their name in a link. Declared like every option. */
export const BREAK_EVEN_DIALS = {
  ms: {
    type: 'number',
    unit: 'ms',
    least: 1,
    most: 900_000,
    default: 100,
    meaning: 'what one call takes',
    source: 'AWS Lambda: 900 s at most',
  },
  mb: {
    type: 'number',
    unit: 'MB',
    least: 64,
    most: 10_240,
    default: 512,
    meaning: 'memory configured for the function',
  },
  cpu: {
    type: 'number',
    unit: '%',
    least: 0,
    most: 100,
    default: 50,
    meaning: 'share of the time in which the CPU works; the rest is waiting',
  },
  ready: {
    type: 'number',
    unit: 'instances',
    isWhole: true,
    least: 0,
    most: 10_000,
    default: 1,
    meaning: 'instances kept ready, where the provider sells that',
  },
  own: {
    type: 'number',
    unit: 'USD',
    least: 0,
    most: 1_000_000,
    default: 10,
    meaning: 'what the reader’s own machine costs a month',
  },
  machines: {
    type: 'number',
    unit: 'machines',
    isWhole: true,
    least: 1,
    most: 1000,
    default: 1,
    meaning: 'how many machines are always on',
  },
  calls: {
    type: 'number',
    unit: 'calls a month',
    isWhole: true,
    least: 1,
    most: MOST_CALLS,
    default: 1_000_000,
    meaning: 'how often the function is called',
  },
} as const satisfies DialTable;

/** In the order of the form. */
export const FIRST_BREAK_EVEN: BreakEvenSetup = {
  fn: 'lambda-x86',
  ms: BREAK_EVEN_DIALS.ms.default,
  mb: BREAK_EVEN_DIALS.mb.default,
  cpu: BREAK_EVEN_DIALS.cpu.default,
  ready: BREAK_EVEN_DIALS.ready.default,
  free: false,
  gateway: false,
  machine: 'ec2-t4g-small',
  own: BREAK_EVEN_DIALS.own.default,
  machines: BREAK_EVEN_DIALS.machines.default,
  address: false,
  calls: BREAK_EVEN_DIALS.calls.default,
};

const NAMES = Object.keys(FIRST_BREAK_EVEN) as (keyof BreakEvenSetup)[];

/** @param state as a form or a link has it; what it leaves out is as by default */
export function breakEvenOf(state: URLSearchParams): BreakEvenSetup {
  const read = NAMES.map((name) => {
    const [value, fallback] = [state.get(name), FIRST_BREAK_EVEN[name]];
    if (value === null) return [name, fallback];
    if (typeof fallback === 'boolean') return [name, value === '1'];
    return [name, typeof fallback === 'number' ? Number(value) : value];
  });
  return Object.fromEntries(read) as BreakEvenSetup;
}

/** As `formState` reads it from the form. */
export function breakEvenState(setup: BreakEvenSetup): URLSearchParams {
  return new URLSearchParams(
    NAMES.map((name) => {
      const value = setup[name];
      return [name, typeof value === 'boolean' ? String(Number(value)) : String(value)];
    }),
  );
}
