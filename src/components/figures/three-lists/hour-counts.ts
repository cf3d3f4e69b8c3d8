/** Calls of each hour, as a reader types or pastes them: a day, a week, a month, a year. */

import { wholeNumber } from '#src/format/number.ts';

/** Hours of a year with a day more. */
const MOST_HOURS = 8784;
const MOST_CALLS = 1e10;
/** More text than so many hours of the largest numbers take. */
const MOST_TEXT = 200_000;

/**
 * @param text whole numbers, one for each hour, apart by commas, semicolons, spaces or new lines
 * @throws saying what was expected, what came, where, and what to do
 */
export function parseHours(text: string): number[] {
  if (text.length > MOST_TEXT) {
    throw new Error(
      `Expected the calls of each hour, ${wholeNumber(MOST_HOURS)} numbers at most; ${wholeNumber(text.length)} characters came. Paste one number an hour, and not the log itself.`,
    );
  }
  const words = text.split(/[\s,;]+/).filter((word) => word !== '');
  if (words.length > MOST_HOURS) {
    throw new Error(
      `Expected at most ${wholeNumber(MOST_HOURS)} hours, which is a year; ${wholeNumber(words.length)} numbers came. Leave the others out.`,
    );
  }
  const hours = words.map((word, index) => {
    const calls = Number(word);
    if (/^\d+$/.test(word) && calls <= MOST_CALLS) return calls;
    throw new Error(
      `Hour ${wholeNumber(index + 1)} says “${shortened(word)}”. Expected a whole number from 0 to ${wholeNumber(MOST_CALLS)}, in plain digits: 1200, and not 1.2k or 1’200. Correct it there; the picture stays as it was until then.`,
    );
  });
  if (hours.length === 0) throw new Error('Expected the calls of each hour, and nothing came.');
  return hours;
}

const LONGEST = 24;

function shortened(word: string): string {
  return word.length > LONGEST ? `${word.slice(0, LONGEST)}…` : word;
}
