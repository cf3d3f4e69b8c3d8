/** The number that a call asks about, in its query: `?n=97`. */

const LIMIT = 10_000_000;

/** @returns null when none is asked about, NaN when it is not a whole number below ten million */
export function askedNumber({ url }: Request): number | null {
  const text = new URL(url).searchParams.get('n');
  if (text === null || text === '') return null;
  return /^\d+$/.test(text) && Number(text) < LIMIT ? Number(text) : NaN;
}
