/** Tells one wording of a question from another. Computed at build; the page only compares. */

import { createHash } from 'node:crypto';

/** Eight hex digits over everything the reader is asked and told; the order of keys does not matter. */
export function questionHash(question: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(question)))
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
