/** What the reader has set: the canary's weight, how it is shared, how often it fails, and how many calls it had. */

import { numbersOf, type DialTable } from '../dial.ts';

/** The numbers of the figure, by their names in a link. */
export const CANARY_DIALS = {
  weight: {
    type: 'number',
    unit: '%',
    isWhole: true,
    least: 0,
    most: 100,
    default: 10,
    meaning: 'share of the canary',
  },
  fails: {
    type: 'number',
    unit: '%',
    isWhole: true,
    least: 0,
    most: 100,
    default: 5,
    meaning: 'how many of a hundred calls the canary fails',
  },
  clean: {
    type: 'number',
    unit: 'calls',
    isWhole: true,
    least: 1,
    most: 300,
    default: 10,
    meaning: 'how many calls the canary has had, all of them clean',
  },
  seed: {
    type: 'number',
    isWhole: true,
    least: 1,
    most: 9999,
    default: 1,
    meaning: 'another one has other callers',
  },
} as const satisfies DialTable;

/** What the reader has set, by the names of the form's fields. */
export type CanarySetup = { readonly [Name in keyof typeof CANARY_DIALS]: number } & {
  readonly by: 'caller' | 'call';
};

/** @param state as a form or a link has it; what it leaves out is as by default */
export function canaryOf(state: URLSearchParams): CanarySetup {
  return {
    ...numbersOf(CANARY_DIALS, state),
    by: state.get('by') === 'call' ? 'call' : 'caller',
  };
}
