/** Calls of a route that several revisions share: who calls, what they ask for, and how they end. */

import { CALLER_COOKIE, TAG_HEADER, type HeaderList } from '../api.ts';
import { revisionKey, type FunctionSpec } from '../core/function.ts';
import { cookieOf, fieldOf } from '../core/rules/fields.ts';
import type { ResponseMessage } from '../drivers/protocol.ts';

/** Of a caller's name; a longer one is no name of ours. */
const MOST_LETTERS = 200;

/** How long a browser keeps the name, in s: thirty days. */
const KEPT_S = 2_592_000;

/** The tag that a call asks for; null for none. */
export function tagOf(headers: HeaderList): string | null {
  return fieldOf(headers, TAG_HEADER);
}

/**
 * The name of the caller, from its cookie; a new one where it has none. Whoever leaves the cookie out
 * is a new caller each time, and may choose their revision so: nothing else rests on it.
 *
 * @param random numbers in [0, 1)
 */
export function callerOf(
  headers: HeaderList,
  random: () => number,
): { readonly caller: string; readonly isNew: boolean } {
  const known = cookieOf(headers, CALLER_COOKIE);
  if (known !== null && known !== '' && known.length <= MOST_LETTERS) {
    return { caller: known, isNew: false };
  }
  const letters = (): string => random().toString(36).slice(2, 12).padEnd(10, '0');
  return { caller: letters() + letters(), isNew: true };
}

/** The answer, with the cookie by which the caller comes back to the same revision. */
export function rememberCaller(response: ResponseMessage, caller: string): ResponseMessage {
  const cookie = `${CALLER_COOKIE}=${caller}; Path=/; Max-Age=${KEPT_S}; HttpOnly; SameSite=Lax`;
  return { ...response, headers: [...response.headers, ['set-cookie', cookie]] };
}

/** How many calls each revision was given, and how many of them failed. */
export class CallCounts {
  readonly #of = new Map<string, { calls: number; failed: number }>();

  /** @param status 500 and above is a failure */
  answered(spec: FunctionSpec, status: number): void {
    const key = revisionKey(spec);
    const counts = this.#of.get(key) ?? { calls: 0, failed: 0 };
    counts.calls += 1;
    if (status >= 500) counts.failed += 1;
    this.#of.set(key, counts);
  }

  of(spec: FunctionSpec): { readonly calls: number; readonly failed: number } {
    return this.#of.get(revisionKey(spec)) ?? { calls: 0, failed: 0 };
  }

  /** Its next revision of that name begins at nothing. */
  forget(spec: FunctionSpec): void {
    this.#of.delete(revisionKey(spec));
  }
}
