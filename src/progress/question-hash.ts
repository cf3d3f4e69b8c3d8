/** Tells one wording of a question from another. Computed at build; the page only compares. */

import { createHash } from 'node:crypto';

/** Where it stands and how it is checked is not its wording. */
const OF_NO_READER = ['from', 'review', 'tried'];

/** Eight hex digits over the whole question and its explanations; the order of keys does not matter. */
export function questionHash(question: object): string {
  const told = Object.entries(question).filter(([key]) => !OF_NO_READER.includes(key));
  return createHash('sha256')
    .update(JSON.stringify(sorted(Object.fromEntries(told))))
    .digest('hex')
    .slice(0, 8);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}
