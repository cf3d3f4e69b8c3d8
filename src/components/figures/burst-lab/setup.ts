/** A burst as the reader sets it up: how many calls, how fast, and how long each works. */

import type { PolicyChoice } from '#faas/core/scaling/policies.ts';
import type { Plan } from '#src/demo/places/session.ts';

export interface Burst {
  /** Integer from 1 to 60. */
  readonly calls: number;
  /** From one call to the next, in ms. */
  readonly everyMs: number;
  /** How long each is in the handler, waiting, in ms. */
  readonly workMs: number;
}

export const BOUNDS = {
  calls: [1, 60],
  every: [0, 1000],
  work: [0, 5000],
  instances: [0, 60],
} as const;
export const FIRST: Burst = { calls: 10, everyMs: 100, workMs: 200 };

/** @param state as of the figure's form; what it does not say is as at first */
export function burstOf(state: URLSearchParams): Burst {
  const number = (name: string, first: number): number => Number(state.get(name) ?? first);
  return {
    calls: number('calls', FIRST.calls),
    everyMs: number('every', FIRST.everyMs),
    workMs: number('work', FIRST.workMs),
  };
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
export function planOf({ calls, everyMs, workMs }: Burst, path: string): Plan {
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
