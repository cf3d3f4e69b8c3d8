/** The checks as a table, equal to the picture. */

import { html, type Markup } from '#src/components/markup.ts';
import { saidInstead } from './draw.ts';
import type { ShownCheck } from './setup.ts';

export function checksTable(before: readonly ShownCheck[], during: readonly ShownCheck[]): Markup {
  const row = (check: ShownCheck, number: number): Markup =>
    html`<tr><th scope="row">${number}. ${check.asks}</th><td>${saidInstead(check)}</td><td>${check.meaning}</td></tr>`;
  const first = before.map((check, index) => row(check, index + 1));
  const last = during.map((check, index) => row(check, before.length + 2 + index));
  const handler = html`<tr><th scope="row">${before.length + 1}. Your handler runs</th><td></td><td>${HANDLER_MEANING}</td></tr>`;
  return html`<table class="ledger"><thead><tr><th scope="col">Check</th><th scope="col">It may end here with</th><th scope="col">What it does</th></tr></thead><tbody>${first}${handler}${last}</tbody></table>`;
}

/** What is said of the step in which the handler runs. */
const HANDLER_MEANING =
  'Only now is an instance looked for, or started, and only now does the function’s own bill begin.';
