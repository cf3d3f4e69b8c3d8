/** What the reader has set: calls that come, the pods that they meet, and whether the activator is there. */

import { KNATIVE_TRACES } from '#faas/core/scaling/kpa/knative-traces.ts';
import { KPA_OPTIONS } from '#faas/core/scaling/kpa/kpa-options.ts';
import { numbersOf, type DialTable } from '../dial.ts';

/** The numbers of the figure, by their names in a link. */
export const TICK_DIALS = {
  calls: {
    type: 'number',
    unit: 'calls',
    isWhole: true,
    least: 0,
    most: 5000,
    default: 60,
    meaning: 'how many calls are under way at once during the surge',
  },
  from: {
    type: 'number',
    unit: 's',
    isWhole: true,
    least: 0,
    most: 3600,
    default: 7,
    meaning: 'when the surge begins',
  },
  length: {
    type: 'number',
    unit: 's',
    isWhole: true,
    least: 1,
    most: 3600,
    default: 40,
    meaning: 'how long it lasts',
  },
  base: {
    type: 'number',
    unit: 'calls',
    isWhole: true,
    least: 0,
    most: 5000,
    default: 0,
    meaning: 'how many calls are under way before and after',
  },
  target: {
    type: 'number',
    unit: 'calls',
    least: 1,
    most: 1000,
    default: 10,
    meaning: KPA_OPTIONS.target.meaning,
  },
  window: {
    type: 'number',
    unit: 's',
    isWhole: true,
    least: KPA_OPTIONS.stableWindowMs.least / 1000,
    most: KPA_OPTIONS.stableWindowMs.most / 1000,
    default: KPA_OPTIONS.stableWindowMs.default / 1000,
    meaning: KPA_OPTIONS.stableWindowMs.meaning,
  },
  start: {
    type: 'number',
    unit: 's',
    isWhole: true,
    least: 0,
    most: 120,
    default: 3,
    meaning: 'how long a pod takes until it is ready',
  },
  burst: {
    type: 'number',
    unit: 'calls',
    isWhole: true,
    least: -1,
    most: 5000,
    default: KPA_OPTIONS.targetBurstCapacity.default,
    meaning: KPA_OPTIONS.targetBurstCapacity.meaning,
  },
  minutes: {
    type: 'number',
    unit: 'minutes',
    isWhole: true,
    least: 1,
    most: 60,
    default: 4,
    meaning: 'how long is reckoned',
  },
} as const satisfies DialTable;

/** What the figure can show: the reader's own calls, and what Knative decided on. */
export const TRAFFIC = ['own', ...KNATIVE_TRACES.map(({ name }) => name)] as const;

/** What the reader has set, by the names of the form's fields. */
export type TickSetup = { readonly [Name in keyof typeof TICK_DIALS]: number } & {
  /** `own`, or the name of a trace of Knative's. */
  readonly traffic: string;
  /** Whether somebody holds a call at zero. */
  readonly activator: boolean;
};

/** @param state as a form or a link has it; what it leaves out is as by default */
export function tickSetupOf(state: URLSearchParams): TickSetup {
  const traffic = state.get('traffic') ?? 'own';
  return {
    ...numbersOf(TICK_DIALS, state),
    traffic: TRAFFIC.includes(traffic) ? traffic : 'own',
    activator: state.get('activator') !== '0',
  };
}
