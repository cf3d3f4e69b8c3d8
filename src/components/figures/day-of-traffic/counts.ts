/** Counts of calls per minute, as a reader pastes them from a log or a spreadsheet. */

import { wholeNumber } from '#src/format/number.ts';

/** A day has so many minutes. */
const MOST_MINUTES = 1440;
const MOST_CALLS = 1_000_000;

/**
 * @param text whole numbers, one for each minute, apart by commas, semicolons, spaces or new lines
 * @throws saying what was expected, what came, and where
 */
export function parseCounts(text: string): number[] {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '');
  if (words.length === 0) {
    throw new Error(
      'Paste the calls of each minute first: whole numbers, apart by commas or lines.',
    );
  }
  if (words.length > MOST_MINUTES) {
    throw new Error(
      `Expected at most ${MOST_MINUTES} minutes, which is a day; ${words.length} came. Leave the others out.`,
    );
  }
  return words.map((word, index) => {
    const count = Number(word);
    if (/^\d+$/.test(word) && count <= MOST_CALLS) return count;
    throw new Error(
      `Minute ${index + 1} says “${word}”. Expected a whole number from 0 to ${wholeNumber(MOST_CALLS)}.`,
    );
  });
}
