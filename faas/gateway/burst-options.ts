/** How often and how fast a burst may call. A page sets its dials by this, so nothing else is here. */

import type { Options } from '../core/option.ts';

export const BURST_OPTIONS = {
  times: {
    type: 'number',
    unit: 'calls',
    isWhole: true,
    least: 1,
    most: 1000,
    meaning: 'how many calls are made',
  },
  everyMs: {
    type: 'number',
    unit: 'ms',
    least: 0,
    most: 1000,
    default: 0,
    meaning: 'from one call to the next, whether or not the first is answered',
  },
} as const satisfies Options;
