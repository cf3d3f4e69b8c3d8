/** What came of checks, as HTML: passed, or what was expected, what came, and the call that shows it. */

import type { FailureReport, ShownCall, ShownSchedule } from '#faas/labs/check-failure.ts';
import { callLines, stepWords } from '#faas/labs/named-calls.ts';
import type { SharedOutcome } from '#src/attempt/lab-workshop.ts';
import type { CheckVerdict } from '#faas/labs/run-checks.ts';
import { html, Markup } from '#src/components/markup.ts';
import { frameOfLanes } from '#figures/instance-lanes/frame.ts';
import { drawMessages } from '#figures/message-lanes/draw.ts';
import { faultList, messagesTable } from '#figures/message-lanes/table.ts';
import type { MessageStory } from '#faas/schedules/message-story.ts';

const BADGES = {
  running: '… running',
  passed: '✓ passed',
  failed: '✗ failed',
  undecided: '? not decided',
} as const;

/** How a check stands. */
export type CheckState = keyof typeof BADGES;

/** Badge and name of a check. @param state null: not checked yet @param share how far one is that runs */
export function checkLine(name: string, state: CheckState | null, share = 0): Markup {
  const far = share > 0 ? `, ${Math.round(100 * share)} %` : '';
  return html`${state !== null && html`<b data-verdict="${state}">${BADGES[state]}${far}</b> `}${name}`;
}

/** Below the name of a check that failed. @param id unique on the page: its lanes are drawn by it */
export function failureView({ name, failure, logs, timeline }: CheckVerdict, id: string): Markup {
  if (failure === null) return html``;
  const { what, expected, came, detail, call, schedule, story } = failure;
  const printed = call?.logs.length ? call.logs : logs.slice(-5);
  const lanes = timeline.lanes.length > 0 && frameOfLanes(timeline, null, id);
  return html`<dl class="lab-failure"><div><dt>Expected ${what}</dt><dd><code>${expected}</code></dd></div>
<div><dt>Came</dt><dd><code>${came}</code></dd></div></dl>
${story ? storyView(story) : detail !== null && html`<pre tabindex="0">${detail}</pre>`}
${schedule === null ? callView(call) : html`<p class="label">In this order, the shortest that shows it</p>${stepsView(schedule, name)}`}
${printedView(printed)}
${lanes && html`<details class="disclosure"><summary>Its calls on their instances</summary><div class="lab-lanes">${new Markup(lanes.drawing)}</div></details>`}`;
}

/** A run on several instances that share a world: step by step, a column a call. @param id as above */
export function sharedView({ results, steps, logs, timeline }: SharedOutcome, id: string): Markup {
  const calls = results.map(({ call }) => call);
  const answers = results.map(
    ({ call, value, error }) => html`${call}
→ ${error === null ? JSON.stringify(value) : `threw: ${error}`}
`,
  );
  const { drawing } = frameOfLanes(timeline, null, id);
  return html`<div class="lab-ran"><pre tabindex="0">${answers}</pre>
<p class="label">In this order</p>${stepsView({ calls, steps }, 'Run')}
${printedView(logs)}
<div class="lab-lanes">${new Markup(drawing)}</div></div>`;
}

/** The schedule that shows it, drawn and as a table. */
function storyView(story: MessageStory): Markup {
  return html`<p class="label">Under this schedule, the smallest that shows it</p>${faultList(story)}<div class="lab-lanes">${drawMessages(story)}</div>
<details class="disclosure"><summary>Everything that happens, as a table</summary><div class="scroll" tabindex="0" role="group" aria-label="Everything that happens">${messagesTable(story)}</div></details>`;
}

function printedView(lines: readonly string[]): Markup | null {
  if (lines.length === 0) return null;
  return html`<p class="label">Printed</p><pre tabindex="0">${lines.join('\n')}</pre>`;
}

function callView(call: ShownCall | null): Markup | null {
  if (call === null) return null;
  const { method, url, named, headers, body, status, answer } = call;
  if (named.length > 1) {
    return html`<p class="label">By these calls</p><pre tabindex="0">${callLines(named).join('\n')}</pre>`;
  }
  const [only] = named;
  const label = headers['content-type'];
  const labelled = label === undefined ? '' : `\ncontent-type: ${label}`;
  const asked = only?.call ?? `${method} ${url}${labelled}${body === null ? '' : `\n${body}`}`;
  const overHttp = status === null ? 'no answer' : `${status} ${answer}`;
  return html`<p class="label">By this call</p><pre tabindex="0">${asked}
→ ${only?.answer ?? overHttp}</pre>`;
}

/**
 * Calls at once, a column each: what each does stands in its own.
 * @param check its name, since several can show an order
 */
function stepsView(
  { calls, steps }: Pick<ShownSchedule, 'calls' | 'steps'>,
  check: string,
): Markup {
  const rows = steps.map((step) => {
    const words = stepWords(step);
    return html`<tr>${calls.map((_call, column) => html`<td>${column === step.call ? words : ''}</td>`)}</tr>`;
  });
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${`The order of steps: ${check}`}"><table><thead><tr>${calls.map(
    (call) => html`<th scope="col"><code>${call}</code></th>`,
  )}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

/** In a sentence, for screen readers as well. @param isDone all of the lab, and not its code alone */
export function summary(verdicts: readonly CheckVerdict[], isDone: boolean): string {
  const passed = verdicts.filter((one) => one.passed).length;
  const contract = verdicts.filter(({ level }) => level !== 'edges');
  if (passed === verdicts.length) return 'Every check passes, the sharp edges too.';
  if (contract.every((one) => one.passed)) {
    const done = isDone ? ': the lab is done' : '';
    return `The contract holds${done}. The sharp edges are there if you want them.`;
  }
  const late = verdicts.filter(({ undecided }) => undecided).length;
  return `${passed} of ${verdicts.length} checks pass${late > 0 ? `, and ${late} ended by the clock` : ''}.`;
}

/** The same verdict again and again: which checks fail, and how. */
export function signatureOf(verdicts: readonly CheckVerdict[]): string {
  return verdicts
    .filter(({ passed, undecided }) => !passed && !undecided)
    .map(({ name, failure }) => `${name}: ${cameOf(failure)}`)
    .join('\n');
}

function cameOf(failure: FailureReport | null): string {
  return failure?.came ?? '';
}
