/** Declares the options of each fault, including how often and for how long it happens. */

import type { FaultName } from '../api.ts';
import type { OptionTable } from '../core/option.ts';

const delay = (meaning: string) =>
  ({ type: 'number', unit: 'ms', isWhole: true, least: 0, most: 60_000, meaning }) as const;

/** The options of each fault, by its name. */
export const FAULT_OPTIONS = {
  'slow-start': { ms: delay('each start takes this much longer') },
  'failed-start': {},
  kill: {
    afterMs: {
      ...delay('the instance is killed this long after it was given a call'),
      default: 0,
    },
  },
  'lost-answer': {},
  'slow-answer': { ms: delay('the answer arrives this much later') },
  throttle: {},
  'few-connections': {
    most: {
      type: 'number',
      unit: 'connections',
      isWhole: true,
      least: 0,
      most: 1000,
      meaning: 'connections that all instances of the function have between them',
    },
  },
} as const satisfies Record<FaultName, OptionTable>;

/** The options that every fault has. */
export const FAULT_BOUNDS = {
  times: {
    type: 'number',
    unit: 'times',
    isWhole: true,
    least: 1,
    most: 1000,
    otherwise: '1, or without end if forMs is given',
    meaning: 'how often it happens',
  },
  forMs: {
    type: 'number',
    unit: 'ms',
    isWhole: true,
    least: 1,
    most: 600_000,
    default: 600_000,
    meaning: 'how long it may happen',
  },
} as const satisfies OptionTable;
