/** What came of a lab's checks, as text for a terminal. */

import {
  cutText,
  type FailureReport,
  type ShownCall,
  type ShownSchedule,
} from '#faas/labs/check-failure.ts';
import { callLines, stepWords } from '#faas/labs/named-calls.ts';
import { platformSays } from '#faas/labs/platform-says.ts';
import { LEVELS } from '#faas/labs/lab-check.ts';
import type { CheckVerdict } from '#faas/labs/run-checks.ts';

/** Lines of a call that are shown, the last ones. */
const MOST_PRINTED = 20;

/** One check in a line, and below it what went wrong. */
export function verdictText({ name, passed, undecided, failure, logs }: CheckVerdict): string {
  if (passed || failure === null) return `  ✓ ${name}`;
  const printed = failure.call?.logs.length
    ? failure.call.logs.slice(-MOST_PRINTED)
    : logs.slice(-5);
  return [
    `  ${undecided ? '?' : '✗'} ${name}`,
    ...failureLines(failure),
    ...lines('printed', printed),
  ].join('\n');
}

/** How many checks of each level passed: `first light 1/1, contract 4/6, edges 0/2`. */
export function summaryText(verdicts: readonly CheckVerdict[]): string {
  return LEVELS.flatMap((level) => {
    const all = verdicts.filter((verdict) => verdict.level === level);
    if (all.length === 0) return [];
    return [`${level} ${all.filter(({ passed }) => passed).length}/${all.length}`];
  }).join(', ');
}

function failureLines({ what, expected, came, detail, call, schedule }: FailureReport): string[] {
  return [
    `      expected ${what}: ${expected}`,
    `      came: ${came}`,
    ...(detail === null ? [] : indented(detail)),
    ...(schedule === null ? howCalled(call) : scheduleLines(schedule)),
  ];
}

function howCalled(call: ShownCall | null): string[] {
  if (call === null) return [];
  const { method, url, named, headers, body, status, answer } = call;
  if (named.length === 1) return indented(`by the call ${named[0]?.call ?? ''}`);
  if (named.length > 1) return indented(`by these calls\n${callLines(named).join('\n')}`);
  const label = headers['content-type'];
  const labelled = label === undefined ? '' : `, labelled ${label}`;
  const asked = body === null ? '' : ` with ${cutText(body)}${labelled}`;
  const answered = status === null ? 'no answer' : `${status} ${cutText(answer)}`;
  const told = [`      by the call ${method} ${url}${asked}`];
  // Where the platform answered, what came says why.
  return platformSays(answer, undefined) ? told : [...told, `      answered ${answered}`];
}

function indented(text: string): string[] {
  return text.split('\n').map((line) => `      ${line}`);
}

function scheduleLines({ calls, steps }: ShownSchedule): string[] {
  const told = steps.map(
    (step) => `        ${String.fromCodePoint(65 + step.call)} ${stepWords(step)}`,
  );
  const named = calls.map((call, index) => `      ${String.fromCodePoint(65 + index)} is ${call}`);
  return [...named, '      in this order:', ...told];
}

function lines(name: string, all: readonly string[]): string[] {
  return all.map((line) => `      ${name}: ${cutText(line)}`);
}
