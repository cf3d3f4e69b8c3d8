/** Calls of named functions in words: as the reader wrote them, and what came of each. */

import { written, type ShownCall } from './check-failure.ts';
import type { NamedCall, NamedResult } from './checked-lab.ts';
import type { EntryResult } from './entry-calls.ts';
import { placeIn } from './platform-says.ts';

/** `greet("Ada", saveVisit)` */
export function callSentence([entry, ...args]: NamedCall): string {
  const texts = args.map((arg) => {
    const { $handed } = (typeof arg === 'object' && arg !== null ? arg : {}) as {
      $handed?: string;
    };
    return $handed ?? written(arg);
  });
  return `${entry}(${texts.join(', ')})`;
}

/** What came of a call, under its sentence. */
export function namedResult(call: string, result: EntryResult): NamedResult {
  return 'error' in result
    ? { call, value: null, error: result.error }
    : { call, value: result.value, error: null };
}

/** `the function threw: … (place.ts, line 5)`; null when it did not. */
export function threw(result: EntryResult): string | null {
  if (!('error' in result)) return null;
  const place = placeIn(result.stack);
  return `the function threw: ${result.error}${place === null ? '' : ` (${place})`}`;
}

/** A call of named functions as the reader wrote it, not as it goes over HTTP. */
export function shownNamed(call: ShownCall, results: readonly NamedResult[]): ShownCall {
  const answers = results.map(({ value, error }) =>
    error === null ? written(value) : `threw ${error}`,
  );
  return {
    ...call,
    method: '',
    url: results.map((result) => result.call).join(' and '),
    headers: {},
    body: null,
    answerHeaders: {},
    answer: answers.join(' and '),
  };
}
