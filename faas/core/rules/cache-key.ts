/** What tells two calls apart for the front door's cache. */

import { cookieOf, fieldOf, type Fields } from './fields.ts';
import type { CacheRule } from './route-rules.ts';

/** What a key is made of. */
export interface KeyParts {
  readonly path: string;
  /** As received, with its `?`, or empty. */
  readonly search: string;
  readonly fields: Fields;
  /** The caller that an authorizer has found; null when none looked. */
  readonly user: string | null;
}

/** Equal for two calls that may get the same answer. */
export function cacheKey(rule: CacheRule, { path, search, fields, user }: KeyParts): string {
  const { query, headers = [], cookies = [], user: withUser = true } = rule;
  const given = query === undefined ? null : new URLSearchParams(search);
  return JSON.stringify([
    path,
    query === undefined ? search : query.map((name) => given?.getAll(name) ?? []),
    headers.map((name) => fieldOf(fields, name.toLowerCase())),
    cookies.map((name) => cookieOf(fields, name)),
    withUser ? user : null,
  ]);
}
