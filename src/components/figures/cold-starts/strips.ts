/** Starts as strips: each a group of starts, as multiples of a plain one of the same place. */

import type { Run } from '#src/demo/places/place.ts';
import { duration } from '#src/format/duration.ts';
import { nearestRank } from '../nearest-rank.ts';
import { STARTED_KINDS, plainRow, rowsOf, type RowChoice } from './setup.ts';

/** An import at the top makes a start at least so many times as long, or something else did. */
const CLEARLY = 1.1;

/** Cold starts of one function, in ms, in the order in which they were made. */
export interface StartsOfKind {
  readonly label: string;
  readonly ms: readonly number[];
}

/** A group of starts on the common axis. */
export interface Strip {
  readonly label: string;
  /** In ms, with its unit. */
  readonly note: string;
  /** As multiples of the plain start; 1 is as long. */
  readonly multiples: readonly number[];
  /** The one that half of them do not exceed; null where each is a mean already. */
  readonly middle: number | null;
}

/** What a start took until the function could be called: from asking for the instance, with its loading. */
export function startMsOf({ split, totalMs }: Run): number {
  const { start, init } = split;
  return start === null && init === null ? totalMs : (start ?? 0) + (init ?? 0);
}

/** @param runs cold ones */
export function startsOf(label: string, runs: readonly Run[]): StartsOfKind {
  return { label, ms: runs.map(startMsOf) };
}

function sorted(ms: readonly number[]): number[] {
  return ms.toSorted((a, b) => a - b);
}

/** The value that this share does not exceed. */
export function within({ ms }: StartsOfKind, share: number): number {
  return sorted(ms)[nearestRank(ms, share)] ?? 0;
}

/** What to mind about the starts; empty when nothing. */
export function doubtAbout(own: readonly StartsOfKind[]): string {
  const of = (fn: string): StartsOfKind | undefined => {
    const label = STARTED_KINDS.find((kind) => kind.fn === fn)?.label;
    return own.find((starts) => starts.label === label);
  };
  const [eager, lazy] = [of('/api/eager'), of('/api/lazy')];
  if (!eager || !lazy || within(eager, 0.5) > CLEARLY * within(lazy, 0.5)) return '';
  return 'In these starts the difference that an import makes is smaller than their spread: the machine was busy. Start them again when nothing else runs.';
}

/** The reader's starts. Without the plain function there is nothing to compare with, and none are drawn. */
export function ownStrips(own: readonly StartsOfKind[]): Strip[] {
  const plain = own.find(({ label }) => label === STARTED_KINDS[0]?.label);
  const base = plain === undefined ? 0 : within(plain, 0.5);
  if (base === 0) return [];
  return own.map((starts) => ({
    label: starts.label,
    note: `half within ${duration(within(starts, 0.5))}`,
    multiples: sorted(starts.ms).map((ms) => ms / base),
    middle: within(starts, 0.5) / base,
  }));
}

/** The rows of a choice, in strips from the quickest to the slowest. */
export function measuredStrips(choice: RowChoice): Strip[] {
  const base = plainRow(choice).initMs;
  const groups = Map.groupBy(rowsOf(choice), ({ family, runtime }) =>
    choice.family === null ? family : runtime,
  );
  return [...groups]
    .map(([label, rows]) => {
      const ms = sorted(rows.map(({ initMs }) => initMs));
      const [least = 0, most = 0] = [ms[0], ms.at(-1)];
      return {
        label,
        note: spanText(duration(least), duration(most)),
        multiples: ms.map((one) => one / base),
        middle: null,
      };
    })
    .sort((a, b) => (a.multiples[0] ?? 0) - (b.multiples[0] ?? 0));
}

function spanText(least: string, most: string): string {
  return least === most ? least : `${least} to ${most}`;
}
