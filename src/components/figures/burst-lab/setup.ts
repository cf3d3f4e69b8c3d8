/** A burst as the reader sets it up: how many calls, how fast, and how long each works. */

import { BURST_OPTIONS } from '#faas/api.ts';
import type { NumberOption } from '#faas/core/option.ts';
import type { PolicyChoice } from '#faas/core/scaling/policies.ts';
import type { CallPlan } from '#src/demo/places/call-plan.ts';
import { numbersOf, type DialTable } from '../dial.ts';

/** Calls of one function on a fixed schedule. */
export interface BurstSetup {
  readonly calls: number;
  /** From one call to the next, in ms. */
  readonly everyMs: number;
  /** How long each is in the handler, waiting, in ms. */
  readonly workMs: number;
}

/** The fields of the burst, by their name in a link. */
export const BURST_DIALS = {
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

/** What the reader guesses, as a number. */
export const INSTANCE_GUESS = {
  type: 'number',
  unit: 'instances',
  isWhole: true,
  least: 0,
  most: BURST_DIALS.calls.most,
  meaning: 'how many there will be',
} as const satisfies NumberOption;

export const FIRST_BURST = burstOf(new URLSearchParams());

/** @param state as of the figure's form; what it does not say is as at first */
export function burstOf(state: URLSearchParams): BurstSetup {
  const { calls, every, work } = numbersOf(BURST_DIALS, state);
  return { calls, everyMs: every, workMs: work };
}

/** One way to scale the function that the reader can choose. */
export interface ScalingWay {
  /** Permanent: it is part of links. */
  readonly id: string;
  readonly text: string;
  /** Null: as the place was set up. */
  readonly policy: PolicyChoice | null;
}

/** How a burst may be scaled: what begins with no instance, so that runs can be compared. */
export const SCALING_WAYS: readonly ScalingWay[] = [
  { id: 'as-set', text: 'as the platform is set', policy: null },
  {
    id: 'two',
    text: 'one each, two instances at most',
    policy: { name: 'keep-alive', maxInstances: 2 },
  },
  {
    id: 'four-each',
    text: 'up to four each, as Cloud Run',
    policy: { name: 'concurrent', concurrency: 4 },
  },
  {
    id: 'average',
    text: 'by the average, as Knative',
    policy: { name: 'kpa', containerConcurrency: 1 },
  },
];

/** The chosen policy. @param state of the figure's form @returns null: as the place was set up */
export function wayOf(state: URLSearchParams): PolicyChoice | null {
  return SCALING_WAYS.find(({ id }) => id === state.get('scaled'))?.policy ?? null;
}

/** Starts when no instance is left. @param fn a function that takes `waitMs` */
export function burstPlan({ calls, everyMs, workMs }: BurstSetup, fn: string): CallPlan {
  const url = `${fn}?waitMs=${workMs}`;
  const call = { function: fn, method: 'GET', url, headers: [], body: null };
  return { call, calls, mode: 'burst', everyMs, wait: 'reaped' };
}

/** What the reader predicts; null where they say nothing. */
export interface BurstGuess {
  readonly instances: number | null;
  /** A text of `SLOW_GUESSES`, or that the reader does not know. */
  readonly slow: string | null;
}

/** Of a burst that the build recorded. */
export const NO_GUESS: BurstGuess = { instances: null, slow: null };

/** Which calls are slow, as the reader may think: in the words of the options. */
export const SLOW_GUESSES = {
  none: 'none of them',
  first: 'only the first',
  some: 'several, and not all',
  all: 'all of them',
} as const;

/** Which calls of a burst were slow, in the words of the prediction. @param slow calls that had to wait for their handler */
export function slowOnes(slow: number, calls: number): string {
  if (slow === 0) return SLOW_GUESSES.none;
  if (slow === calls) return SLOW_GUESSES.all;
  return slow === 1 ? SLOW_GUESSES.first : SLOW_GUESSES.some;
}
