/** A burst as the reader sets it up: how many calls, how fast, and how long each works. */

import type { Plan } from '#src/places/session.ts';

export interface Burst {
  /** Integer from 1 to 60. */
  readonly calls: number;
  /** From one call to the next, in ms. */
  readonly everyMs: number;
  /** How long each is in the handler, waiting, in ms. */
  readonly workMs: number;
}

export const BOUNDS = { calls: [1, 60], every: [0, 1000], work: [0, 5000] } as const;
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
  { value: 'some', text: 'each that starts an instance, and there are others' },
  { value: 'all', text: 'all of them' },
] as const;

export type Guess = (typeof GUESSES)[number]['value'];

/** @param cold calls that started an instance, and were slow for it */
export function slowOnes(cold: number, calls: number): Guess {
  if (cold === 0) return 'none';
  if (cold === calls) return 'all';
  return cold === 1 ? 'first' : 'some';
}
