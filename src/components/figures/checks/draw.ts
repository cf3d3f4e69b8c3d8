/** A call on its way through the door: a row for each check, what it asks at the left, its refusal at the right. */

import { html, type Markup } from '#src/components/markup.ts';
import type { ShownCheck } from './setup.ts';

/** What a check says when it does not let the call on. */
export function saidInstead({ statuses }: ShownCheck): string {
  return statuses.length === 0 ? 'answered from memory' : statuses.join(' or ');
}

/** @param before checks, then the handler, then @param during it */
export function drawChecks(before: readonly ShownCheck[], during: readonly ShownCheck[]): Markup {
  const row = (check: ShownCheck, step: number): Markup =>
    html`<li data-step="${step}"><span>${check.asks}</span> <span class="refusal">${saidInstead(check)}</span></li>`;
  const handler = html`<li class="handler" data-step="${before.length + 1}"><span>Your handler runs</span></li>`;
  const first = before.map((check, index) => row(check, index + 1));
  const last = during.map((check, index) => row(check, before.length + 2 + index));
  return html`<ol class="checks">${first}${handler}${last}</ol>`;
}
