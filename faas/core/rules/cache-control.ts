/** Directives of `Cache-Control` (RFC 9111, 5.2), and how long an answer is fresh (4.2). */

import { fieldOf, membersOf, type Fields } from './fields.ts';

/** Directives by name, lower case; null where one has no argument. */
export type Directives = ReadonlyMap<string, string | null>;

const NONE: Directives = new Map();

/** Of a directive that stands there twice the first counts (4.2.1). */
export function directivesOf(fields: Fields): Directives {
  const control = fieldOf(fields, 'cache-control');
  if (control === null) return NONE;
  const directives = new Map<string, string | null>();
  for (const member of membersOf(control)) {
    const at = member.indexOf('=');
    const name = (at < 0 ? member : member.slice(0, at)).trim().toLowerCase();
    const value = at < 0 ? null : member.slice(at + 1).trim();
    if (!directives.has(name)) directives.set(name, value === null ? null : unquoted(value));
  }
  return directives;
}

/** A directive's seconds; null when it is absent. What is no number counts as 0: stale (4.2.1). */
export function secondsOf(directives: Directives, name: string): number | null {
  const value = directives.get(name);
  if (value === undefined) return null;
  // A larger number than this would be no different (1.2.2).
  return value !== null && /^\d+$/.test(value) ? Math.min(Number(value), 2 ** 31) : 0;
}

/**
 * How long a shared cache may use an answer, in s from when it was made; null when it does not say.
 *
 * @param now in ms since the Unix epoch, where the answer has no `Date`
 */
export function lifetimeOf(fields: Fields, directives: Directives, now: number): number | null {
  const stated = secondsOf(directives, 's-maxage') ?? secondsOf(directives, 'max-age');
  if (stated !== null) return stated;
  const expires = fieldOf(fields, 'expires');
  if (expires === null) return null;
  const until = Date.parse(expires);
  const made = Date.parse(fieldOf(fields, 'date') ?? '');
  // An invalid date, such as 0, is in the past (5.3).
  return Number.isNaN(until) ? 0 : Math.max(0, (until - (Number.isNaN(made) ? now : made)) / 1000);
}

function unquoted(value: string): string {
  return /^".*"$/.test(value) ? value.slice(1, -1).replaceAll(/\\(.)/g, '$1') : value;
}
