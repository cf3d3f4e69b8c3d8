/** A burst as the reader sets it up: how many calls, how fast, and how long each works. */

import { BURST_OPTIONS } from '#faas/api.ts';
import type { NumberOption } from '#faas/core/option.ts';
import type { PolicyChoice } from '#faas/core/scaling/policies.ts';
import type { CallPlan } from '#src/demo/places/call-plan.ts';
import { numbersOf, type DialTable } from '../dial.ts';

export interface Burst {
  readonly calls: number;
  /** From one call to the next, in ms. */
  readonly everyMs: number;
  /** How long each is in the handler, waiting, in ms. */
  readonly workMs: number;
}

export const DIALS = {
  /** More would not fit into the picture. */
  calls: { ...BURST_OPTIONS.times, most: 60, default: 10 },
  every: { ...BURST_OPTIONS.everyMs, isWhole: true, default: 100 },
  work: {
    type: 'number',
    unit: 'ms',
    isWhole: true,
    least: 0,
    most: 5000,
    default: 200,
    meaning: 'how long each is in the handler',
  },
} as const satisfies DialTable;

/** A guess. */
export const INSTANCES = {
  type: 'number',
  unit: 'instances',
  isWhole: true,
  least: 0,
  most: DIALS.calls.most,
  meaning: 'how many there will be',
} as const satisfies NumberOption;

export const FIRST = burstOf(new URLSearchParams());

/** @param state as of the figure's form; what it does not say is as at first */
export function burstOf(state: URLSearchParams): Burst {
  const { calls, every, work } = numbersOf(DIALS, state);
  return { calls, everyMs: every, workMs: work };
}

export interface Way {
  /** Permanent: it is part of links. */
  readonly id: string;
  readonly text: string;
  /** Null: whatever the place was set up with. */
  readonly policy: PolicyChoice | null;
}

/** How a burst may be scaled: what begins with no instance, so that runs can be compared. */
export const WAYS: readonly Way[] = [
  { id: 'as-set', text: 'as the platform is set', policy: null },
  {
    id: 'two',
    text: 'one call each, two instances at most',
    policy: { name: 'keep-alive', maxInstances: 2 },
  },
  {
    id: 'four-each',
    text: 'up to four calls each, as Cloud Run',
    policy: { name: 'concurrent', concurrency: 4 },
  },
  {
    id: 'average',
    text: 'by the average, as Knative',
    policy: { name: 'kpa', containerConcurrency: 1 },
  },
];

export function wayOf(state: URLSearchParams): PolicyChoice | null {
  return WAYS.find(({ id }) => id === state.get('scaled'))?.policy ?? null;
}

/** From no instance at all. @param path of the function: one that takes `waitMs` */
export function planOf({ calls, everyMs, workMs }: Burst, path: string): CallPlan {
  const url = `${path}?waitMs=${workMs}`;
  const call = { function: path, method: 'GET', url, headers: [], body: null };
  return { call, calls, mode: 'burst', everyMs, wait: 'reaped' };
}

/** Which calls are slow, as the reader may think. */
export const GUESSES = [
  { value: 'none', text: 'none of them' },
  { value: 'first', text: 'only the first' },
  { value: 'some', text: 'several, and not all' },
  { value: 'all', text: 'all of them' },
] as const;

export type Guess = (typeof GUESSES)[number]['value'];

/** @param slow calls that had to wait for their handler */
export function slowOnes(slow: number, calls: number): Guess {
  if (slow === 0) return 'none';
  if (slow === calls) return 'all';
  return slow === 1 ? 'first' : 'some';
}
