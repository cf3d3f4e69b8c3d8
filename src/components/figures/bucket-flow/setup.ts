/** What the reader has set: a bucket, and the calls that come. */

import { numbersOf, type DialTable } from '../dial.ts';

/** The numbers of the figure, by their names in a link. */
export const FLOW_DIALS = {
  rate: {
    type: 'number',
    unit: 'tokens a second',
    least: 0.1,
    most: 10_000,
    default: 5,
    meaning: 'how many tokens grow in a second',
  },
  burst: {
    type: 'number',
    unit: 'tokens',
    isWhole: true,
    least: 1,
    most: 10_000,
    default: 10,
    meaning: 'how many tokens a full bucket holds',
  },
  calls: {
    type: 'number',
    unit: 'calls',
    isWhole: true,
    least: 1,
    most: 200,
    default: 30,
    meaning: 'how many calls come in a wave',
  },
  span: {
    type: 'number',
    unit: 'ms',
    isWhole: true,
    least: 0,
    most: 60_000,
    default: 1000,
    meaning: 'over how long they come, evenly; 0 is all at once',
  },
  waves: {
    type: 'number',
    unit: 'waves',
    isWhole: true,
    least: 1,
    most: 5,
    default: 1,
    meaning: 'how many such waves there are',
  },
  pause: {
    type: 'number',
    unit: 'ms',
    isWhole: true,
    least: 0,
    most: 60_000,
    default: 2000,
    meaning: 'from the beginning of a wave to the beginning of the next',
  },
} as const satisfies DialTable;

/** What the reader has set, by the names of the form's fields. */
export type FlowSetup = { readonly [Name in keyof typeof FLOW_DIALS]: number };

/** @param state as a form or a link has it; what it leaves out is as by default */
export function flowOf(state: URLSearchParams): FlowSetup {
  return numbersOf(FLOW_DIALS, state);
}
