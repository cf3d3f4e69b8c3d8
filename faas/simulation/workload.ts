/**
 * The arrival times of requests. A workload is plain data, and its arrivals are generated one by
 * one, in order and in constant memory.
 */

import type { OneOf, OptionTable } from '../core/option.ts';
import type { Random } from './random.ts';

const rate = (meaning: string) =>
  ({ type: 'number', unit: 'calls a second', least: 0, meaning }) as const;
const rateAbove0 = (meaning: string) => ({ ...rate(meaning), isAbove: true }) as const;
const seconds = (meaning: string) =>
  ({ type: 'number', unit: 's', least: 0, isAbove: true, meaning }) as const;

const DAY_S = 86_400;
const durationS = seconds('how long it lasts');

/** The options of each workload, by its kind. Times are from the start. */
export const WORKLOAD_OPTIONS = {
  /** Equally spaced calls, the first at 0. */
  constant: { perSecond: rateAbove0('calls, at equal distances'), durationS },
  /** Random calls, as from many independent callers. */
  poisson: { perSecond: rateAbove0('calls on average, by chance'), durationS },
  bursts: {
    size: {
      type: 'number',
      unit: 'calls',
      isWhole: true,
      least: 1,
      meaning: 'calls at the same instant',
    },
    everyS: seconds('from one burst to the next, the first at 0'),
    durationS,
  },
  /** A day of traffic: random, at a rate that follows a cosine with its peak at `peakHour`. */
  day: {
    lowPerSecond: rate('calls at the quietest moment'),
    highPerSecond: { ...rateAbove0('calls at the busiest moment'), notBelow: ['lowPerSecond'] },
    peakHour: {
      type: 'number',
      unit: 'o’clock',
      least: 0,
      most: 24,
      isBelow: true,
      default: 14,
      meaning: 'busiest hour',
    },
    durationS: { ...durationS, default: DAY_S },
  },
  /** A link goes viral: the rate rises to the peak within `riseS`, then halves every `halvesS`. */
  'flash-crowd': {
    basePerSecond: rate('calls before it begins'),
    peakPerSecond: rateAbove0('calls at its height'),
    startS: { ...seconds('when it begins'), isAbove: false },
    riseS: seconds('from its beginning to its height'),
    halvesS: seconds('after its height, half of what is left is gone after each'),
    durationS,
  },
  /** Counts per minute, the format of the public Azure Functions traces. */
  minutes: {
    counts: {
      type: 'list',
      of: { type: 'number', unit: 'calls', isWhole: true, least: 0, meaning: 'calls in a minute' },
      meaning: 'calls in each minute, by chance within it',
    },
  },
} as const satisfies Record<string, OptionTable>;

/** A workload as data, told apart by `is`. */
export type Workload = OneOf<typeof WORKLOAD_OPTIONS>;

/** Returns the next arrival in ms from the start, in ascending order; Infinity after the last. */
export type Arrivals = () => number;

const MINUTE_MS = 60_000;

/** The duration of a workload, in ms. @param pace as for `arrivals` */
export function durationMs(workload: Workload, pace = 1): number {
  if (workload.is === 'minutes') return (workload.counts.length * MINUTE_MS) / pace;
  const durationS = workload.is === 'day' ? (workload.durationS ?? DAY_S) : workload.durationS;
  return (durationS * 1000) / pace;
}

/**
 * Generates the arrivals of a workload.
 *
 * @param pace > 0. Shortens the workload by this factor at unchanged rates: a day at pace 10 is over
 *   after 2.4 hours and has a tenth of its requests, sampled from the whole day.
 */
export function arrivals(workload: Workload, random: Random, pace = 1): Arrivals {
  const endMs = durationMs(workload, pace);
  switch (workload.is) {
    case 'constant':
      return evenly(1, 1000 / workload.perSecond, endMs);
    case 'bursts':
      return evenly(workload.size, workload.everyS * 1000, endMs);
    case 'poisson':
      return byChance(1000 / workload.perSecond, endMs, random);
    case 'day':
    case 'flash-crowd':
      return thinned(workload, endMs, random, pace);
    case 'minutes':
      return perMinute(workload.counts, random, pace);
  }
}

type Varying = Extract<Workload, { is: 'day' | 'flash-crowd' }>;

/** Requests a second at `ms` of the workload. */
function rateAt(workload: Varying, ms: number): number {
  if (workload.is === 'day') {
    const { lowPerSecond: low, highPerSecond: high, peakHour = 14 } = workload;
    const turn = (ms / 1000 - peakHour * 3600) / DAY_S;
    return low + ((high - low) * (1 + Math.cos(2 * Math.PI * turn))) / 2;
  }
  const { basePerSecond: base, peakPerSecond: peak, startS, riseS, halvesS } = workload;
  const sinceS = ms / 1000 - startS;
  if (sinceS < 0) return base;
  const share = sinceS < riseS ? sinceS / riseS : 0.5 ** ((sinceS - riseS) / halvesS);
  return base + (peak - base) * share;
}

/** Highest rate between two times: at either end, or at the peak if that lies between. */
function highestRate(workload: Varying, fromMs: number, toMs: number): number {
  const peakMs = peakAfter(workload, fromMs);
  const isBetween = fromMs < peakMs && peakMs < toMs;
  const moments = isBetween ? [fromMs, peakMs, toMs] : [fromMs, toMs];
  return Math.max(...moments.map((ms) => rateAt(workload, ms)));
}

function peakAfter(workload: Varying, fromMs: number): number {
  if (workload.is === 'flash-crowd') return (workload.startS + workload.riseS) * 1000;
  const first = (workload.peakHour ?? 14) * 3600;
  return (first + DAY_S * Math.ceil((fromMs / 1000 - first) / DAY_S)) * 1000;
}

/** The expected number of requests; exact for workloads that are not random. */
export function expectedRequests(workload: Workload): number {
  const s = durationMs(workload) / 1000;
  switch (workload.is) {
    case 'constant':
    case 'poisson':
      return workload.perSecond * s;
    case 'bursts':
      return workload.size * Math.ceil(s / workload.everyS);
    case 'minutes':
      return workload.counts.reduce((sum, count) => sum + count, 0);
    case 'day':
    case 'flash-crowd': {
      const step = s / PARTS;
      let sum = 0;
      for (let n = 0; n < PARTS; n++) sum += rateAt(workload, (n + 0.5) * step * 1000);
      return sum * step;
    }
  }
}

/** `size` at a time, `everyMs` apart. Multiplies instead of adding, so that errors do not add up. */
function evenly(size: number, everyMs: number, endMs: number): Arrivals {
  let count = 0;
  return () => {
    const at = Math.floor(count++ / size) * everyMs;
    return at < endMs ? at : Infinity;
  };
}

function byChance(meanMs: number, endMs: number, random: Random): Arrivals {
  let at = 0;
  return () => {
    at += random.exponential(meanMs);
    return at < endMs ? at : Infinity;
  };
}

/**
 * Arrivals at a varying rate, by thinning: candidates come at the highest rate of their part, and
 * each is kept with probability rate / highest rate (Lewis & Shedler 1979).
 */
function thinned(workload: Varying, endMs: number, random: Random, pace: number): Arrivals {
  const partMs = endMs / PARTS;
  const rate = (ms: number): number => rateAt(workload, ms * pace);
  let part = -1;
  let at = 0;
  let highest = 0;
  return () => {
    for (;;) {
      const next = highest > 0 ? at + random.exponential(1000 / highest) : Infinity;
      if (next < (part + 1) * partMs) {
        at = next;
        if (random.uniform() * highest < rate(at)) return at;
      } else if (part < PARTS - 1) {
        // A Poisson process is memoryless, so the next part can start afresh at its border.
        at = ++part * partMs;
        highest = highestRate(workload, at * pace, (at + partMs) * pace);
      } else {
        highest = 0;
        return Infinity;
      }
    }
  };
}

/** Number of parts into which a varying rate is divided for sampling and summing. */
const PARTS = 1440;

/**
 * Gives each minute exactly its count, at random times. They are generated in order, each as the
 * minimum of those still to come, so that no minute is held in memory and sorted. With a pace,
 * fractions of requests carry over to the next minute.
 */
function perMinute(counts: readonly number[], random: Random, pace: number): Arrivals {
  const minuteMs = MINUTE_MS / pace;
  let minute = -1;
  let owed = 0;
  let left = 0;
  let share = 0;
  return () => {
    while (left === 0) {
      if (++minute >= counts.length) return Infinity;
      owed += (counts[minute] ?? 0) / pace;
      left = Math.floor(owed);
      owed -= left;
      share = 0;
    }
    share += (1 - share) * (1 - (1 - random.uniform()) ** (1 / left--));
    return (minute + share) * minuteMs;
  };
}
