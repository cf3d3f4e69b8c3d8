/** Calls of named functions in words: as the reader wrote them, and what came of each. */

import { cutText, written, type ShownCall, type WrittenCall } from './check-failure.ts';
import type { NamedCall, NamedResult } from './checked-lab.ts';
import type { EntryResult, EntryStep, HandedAnswer } from './entry-calls.ts';
import { placeIn } from './platform-says.ts';

/** What is longer has a line for each object of a list in it. In characters. */
const LONGEST_LINE = 80;
/** Objects of a list that are shown. */
const MOST_OBJECTS = 12;
/** Calls that are shown of very many. */
const FIRST_CALLS = 6;
const LAST_CALLS = 5;

/** `greet("Ada", saveVisit)` */
export function callSentence([entry, ...args]: NamedCall): string {
  const texts = args.map((arg) => {
    const { $handed } = (typeof arg === 'object' && arg !== null ? arg : {}) as {
      $handed?: string;
    };
    return $handed ?? laidOut(arg);
  });
  return `${entry}(${texts.join(', ')})`;
}

/** A long value with a line for each object of its lists, so that they can be compared. */
function laidOut(value: unknown): string {
  const text = inCode(value);
  if (text.length <= LONGEST_LINE) return text;
  if (isObjects(value)) return lines(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return text;
  const parts = Object.entries(value).map(([key, part]: [string, unknown]) => {
    return `${JSON.stringify(key)}:${isObjects(part) ? lines(part) : inCode(part)}`;
  });
  return `{${parts.join(',')}}`;
}

function isObjects(value: unknown): value is readonly object[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((one) => typeof one === 'object' && one !== null)
  );
}

function lines(objects: readonly object[]): string {
  const shown = objects.slice(0, MOST_OBJECTS).map((one) => `  ${inCode(one)}`);
  if (objects.length > MOST_OBJECTS) shown.push('  …');
  return `[\n${shown.join(',\n')}\n]`;
}

/** As it stands in a call: `null`, where a message says that nothing came. */
function inCode(value: unknown): string {
  return cutText(JSON.stringify(value) ?? String(value));
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

/** A call over HTTP with the calls of named functions that it brought, and what came of each. */
export function shownNamed(call: ShownCall, results: readonly NamedResult[]): ShownCall {
  const named = results.map(({ call: sentence, value, error }) => ({
    call: sentence,
    answer: error === null ? written(value) : `threw ${error}`,
  }));
  return { ...call, named };
}

/** Calls one below the other, each with what came of it; of many the first and the last ones. */
export function callLines(named: readonly WrittenCall[]): string[] {
  const lines = named.map(({ call, answer }) => `${call} → ${answer ?? 'no answer'}`);
  const left = lines.length - FIRST_CALLS - LAST_CALLS;
  if (left <= 1) return lines;
  return [
    ...lines.slice(0, FIRST_CALLS),
    `… ${left} calls between them …`,
    ...lines.slice(-LAST_CALLS),
  ];
}

/** One step of calls at once: `calls write ["a",3]`, and what it was answered: `goes on write: true`. */
export function stepWords({ does, handed, with: value }: EntryStep): string {
  const which = handed === null ? '' : ` ${handed}`;
  if (does === 'calls' || does === 'ends') return `${does}${which} ${JSON.stringify(value) ?? ''}`;
  const answer = does === 'goes on' ? answerWords(value as HandedAnswer | null) : '';
  return `${does}${which}${answer === '' ? '' : `: ${answer}`}`;
}

/** Short, as it stands in a column; nothing where nothing was answered. */
function answerWords(answer: HandedAnswer | null): string {
  if (answer === null) return '';
  if ('error' in answer) return `threw ${cutText(answer.error)}`;
  const { value = null } = answer;
  if (value === null) return '';
  const text = inCode(value);
  if (text.length <= LONGEST_LINE) return text;
  return Array.isArray(value) ? `a list of ${value.length}` : `${text.slice(0, LONGEST_LINE)}…`;
}
