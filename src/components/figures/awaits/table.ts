/** The steps as a table, equal to the picture. */

import { html, type Markup } from '#src/components/markup.ts';
import { CALLERS, sentenceOf, type AwaitStep } from './setup.ts';

export function awaitsTable(steps: readonly AwaitStep[]): Markup {
  const rows = steps.map((step, index) => {
    const cells = CALLERS.map(
      (caller) => html`<td>${step.caller === caller && sentenceOf(step, index === 0)}</td>`,
    );
    return html`<tr><th scope="row">${index + 1}</th>${cells}<td>${step.user}</td></tr>`;
  });
  const heads = CALLERS.map((caller) => html`<th scope="col">${caller}’s call</th>`);
  return html`<table class="ledger"><thead><tr><th scope="col">Step</th>${heads}<th scope="col">user</th></tr></thead><tbody>${rows}</tbody></table>`;
}
