/**
 * Two calls in one instance: a row for each, time to the right, a column for each step. What runs is
 * full, what waits is a low bar; above stands what `user` is by then.
 */

import { html, type Markup } from '#src/components/markup.ts';
import { CALLERS, type AwaitStep, type Caller } from './setup.ts';

const COLUMN = 52;
const ROW = 34;
const NAMES = 46;
const HEAD = 30;

export function drawAwaits(steps: readonly AwaitStep[]): Markup {
  const width = NAMES + steps.length * COLUMN;
  const height = HEAD + CALLERS.length * ROW;
  const columns = steps.map(({ caller, user }, index) => {
    const x = NAMES + index * COLUMN;
    const y = HEAD + CALLERS.indexOf(caller) * ROW;
    return html`<g data-step="${index + 1}"><text class="mark" x="${x + COLUMN / 2}" y="18" text-anchor="middle">${user}</text><rect class="runs" x="${x + 2}" y="${y + 4}" width="${COLUMN - 4}" height="${ROW - 10}"/></g>`;
  });
  const rows = CALLERS.map((caller, row) => {
    const y = HEAD + row * ROW;
    const name = html`<text class="mark" x="0" y="${y + 20}">${caller}</text>`;
    const { from, to } = waitOf(caller, steps);
    return html`${name}<rect class="waits" x="${NAMES + from * COLUMN}" y="${y + 14}" width="${(to - from) * COLUMN}" height="5"/>`;
  });
  return html`<svg class="awaits" role="img" aria-label="${awaitsSummary(steps)}" viewBox="0 0 ${width} ${height}" width="100%"><text class="mark" x="0" y="18">user =</text>${rows}${columns}</svg>`;
}

/** What the picture shows, in a sentence. */
export function awaitsSummary(steps: readonly AwaitStep[]): string {
  const answers = steps.filter(({ answer }) => answer !== null);
  const told = answers.map(({ caller, answer }) => `${caller} is answered “${answer ?? ''}”`);
  return `Two calls in one instance, ${String(steps.length)} steps. ${told.join(', ')}.`;
}

/** Between which columns a call waits: after its `await`, until it goes on. */
function waitOf(caller: Caller, steps: readonly AwaitStep[]): { from: number; to: number } {
  const own = steps.flatMap((step, index) => (step.caller === caller ? [index] : []));
  const [end = 0, wait = end] = own.toReversed();
  return { from: wait + 1, to: end };
}
