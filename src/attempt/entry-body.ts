/** The calls of a lab with named functions as the reader writes them, `["bill", …]`, as they are sent. */

import type { EntryRequest } from '#faas/labs/entry-calls.ts';

/**
 * @param text JSON: an object with `calls`, a list of calls, each its function's name and its arguments
 * @throws saying what was expected and what came
 */
export function entryBody(text: string): string {
  const asked = parsed(text) as { readonly calls?: unknown } | null;
  const calls = asked?.calls;
  if (!Array.isArray(calls) || !calls.every(isCall)) {
    throw new Error(
      'Expected { "calls": [ … ] }, and in it each call as its name and what it is given: ["bill", 1, 2]. Correct what Run calls.',
    );
  }
  const request: EntryRequest = {
    ...asked,
    calls: calls.map(([entry, ...args]) => ({ entry, args })),
  };
  return JSON.stringify(request);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`Expected the calls as JSON: ${why}. Correct what Run calls.`, {
      cause: error,
    });
  }
}

function isCall(call: unknown): call is [string, ...unknown[]] {
  return Array.isArray(call) && typeof call[0] === 'string';
}
