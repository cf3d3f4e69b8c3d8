/** When a schedule ticks: at whole multiples of its period since the Unix epoch, whoever looks, and whenever. */

import type { Filled, OptionTable } from '../option.ts';

/** Options of a schedule, as `api/_platform.json` writes them. */
export const SCHEDULE_OPTIONS = {
  everyS: {
    type: 'number',
    unit: 's',
    isWhole: true,
    least: 1,
    most: 31_536_000,
    meaning: 'from one tick to the next; ticks are at multiples of it since the Unix epoch',
  },
  missed: {
    type: 'choice',
    of: ['skip', 'last', 'each'],
    default: 'skip',
    meaning:
      'what becomes of ticks that came while the platform did not run: none is made up for, or the last, or each',
  },
} as const satisfies OptionTable;

/** Most ticks that are made up for at once. */
export const MOST_MISSED = 1000;

/** The ticks that are to be made now, in ms since the Unix epoch, and the next one. */
export interface DueTicks {
  readonly ticks: readonly number[];
  readonly nextMs: number;
}

/**
 * The ticks since the last one.
 *
 * @param lastMs the last tick that was made; a clock that goes back makes none twice
 * @param onTimeMs how late a tick may be and still counts as not missed
 */
export function dueTicks(
  { everyS, missed }: Filled<typeof SCHEDULE_OPTIONS>,
  lastMs: number,
  nowMs: number,
  onTimeMs: number,
): DueTicks {
  const every = everyS * 1000;
  const newest = Math.floor(nowMs / every) * every;
  const nextMs = Math.max(newest, lastMs) + every;
  if (newest <= lastMs) return { ticks: [], nextMs };
  const count = Math.min((newest - Math.floor(lastMs / every) * every) / every, MOST_MISSED);
  const all = Array.from({ length: count }, (_none, index) => newest - (count - 1 - index) * every);
  if (missed === 'each') return { ticks: all, nextMs };
  const isOnTime = nowMs - newest <= onTimeMs;
  return { ticks: missed === 'last' || isOnTime ? [newest] : [], nextMs };
}
