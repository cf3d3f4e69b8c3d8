/** What the reader can turn, and what a turn means for the simulator. */

import { roundDuration } from '#src/format/duration.ts';
import type { SimulationJob } from '#src/simulation/job.ts';
import { numbersOf, type DialTable } from '../dial.ts';

/** Where the keep-alive can stand, in s: from not at all to an hour. */
export const KEEPS_S = [0, 10, 30, 60, 120, 300, 900, 1800, 3600] as const;
/** Where the concurrency can stand: requests at once in an instance. */
export const CONCURRENCIES = [1, 2, 5, 10, 20, 80] as const;

/** Bounds for both sides of the trade-off. */
export interface TradeOffGoal {
  readonly id: string;
  readonly label: string;
  /** Largest share of cold calls. */
  readonly coldShare: number;
  /** Most that waiting may cost in a month, in USD. */
  readonly idleCost: number;
}

/** The goals to meet: a share of cold calls (0 to 1), and US dollars a month for waiting. */
export const TRADE_OFF_GOALS: readonly TradeOffGoal[] = [
  {
    id: 'quick',
    label: 'At most one call in a hundred is cold, and waiting costs at most $50 a month',
    coldShare: 0.01,
    idleCost: 50,
  },
  {
    id: 'cheap',
    label: 'At most one call in seven is cold, and waiting costs at most $30 a month',
    coldShare: 1 / 7,
    idleCost: 30,
  },
];

export const TRADE_OFF_DIALS = {
  calls: {
    type: 'number',
    unit: 'calls an hour',
    least: 1,
    most: 36_000,
    default: 600,
    meaning: 'how often the function is called',
  },
  ms: {
    type: 'number',
    unit: 'ms',
    least: 1,
    most: 60_000,
    default: 2000,
    meaning: 'half of all calls take less than this in the handler',
  },
  keep: {
    type: 'number',
    isWhole: true,
    least: 0,
    most: KEEPS_S.length - 1,
    default: 1,
    meaning: 'position in KEEPS_S',
  },
  concurrency: {
    type: 'number',
    isWhole: true,
    least: 0,
    most: CONCURRENCIES.length - 1,
    default: 0,
    meaning: 'position in CONCURRENCIES',
  },
} as const satisfies DialTable;

/** Where the dials stand, and the traffic that they serve. */
export interface TradeOffSetup {
  readonly callsPerHour: number;
  readonly handlerMs: number;
  /** Position in `KEEPS_S`. */
  readonly keep: number;
  readonly concurrency: number;
  readonly goal: TradeOffGoal;
}

const MEMORY_MB = 512;
/** From asked-for to ready: the median of a small Python function on AWS (fact T05-10). */
const COLD_MS = 215;
const SLOWEST = 5;
const MOST_INSTANCES = 1000;
/** So many calls of each position are simulated: a share of one in a hundred is off by a tenth. */
const REQUESTS = 10_000;

/** @param state as of the figure's form; what it does not say is as at first */
export function tradeOffOf(state: URLSearchParams): TradeOffSetup {
  const { calls, ms, keep, concurrency } = numbersOf(TRADE_OFF_DIALS, state);
  return {
    callsPerHour: calls,
    handlerMs: ms,
    keep,
    concurrency: CONCURRENCIES[concurrency] ?? 1,
    goal:
      TRADE_OFF_GOALS.find(({ id }) => id === state.get('goal')) ??
      (TRADE_OFF_GOALS[0] as TradeOffGoal),
  };
}

/** One job for each position of the keep-alive, in order. */
export function tradeOffJobs(
  { callsPerHour, handlerMs }: TradeOffSetup,
  concurrency: number,
): SimulationJob[] {
  const perSecond = callsPerHour / 3600;
  return KEEPS_S.map((keepS) => {
    const kept = { idleTimeoutMs: keepS * 1000, maxInstances: MOST_INSTANCES };
    return {
      scenario: {
        policy:
          concurrency === 1
            ? { name: 'keep-alive', ...kept }
            : { name: 'concurrent', concurrency, ...kept },
        workload: { is: 'poisson', perSecond, durationS: REQUESTS / perSecond },
        timings: {
          start: { is: 'constant', ms: COLD_MS },
          handler: { is: 'lognormal', medianMs: handlerMs, p99Ms: SLOWEST * handlerMs },
        },
        memoryMb: MEMORY_MB,
      },
      bins: 1,
    };
  });
}

/** `not kept`, `30 s`, `15 min`, `1 h`. */
export function keepText(position: number): string {
  const s = KEEPS_S[position] ?? 0;
  return s === 0 ? 'not at all' : roundDuration(s);
}

/** `one call at a time`, `up to 5 calls at once`. */
export function atOnceText(calls: number): string {
  return calls === 1 ? 'one call at a time' : `up to ${calls} calls at once`;
}
