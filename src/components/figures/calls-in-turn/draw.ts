/** The messages in their order: each call at the left, its answer at the right of it, each with its step. */

import { html, type Markup } from '#src/components/markup.ts';
import type { TurnMade, TurnMessage } from './setup.ts';

/** @param most characters of a body that are shown */
export function drawTurns(turns: readonly TurnMade[], most = BODY): Markup {
  const rows = turns.map(
    ({ call, answer }, index) =>
      html`<li class="turn">${message(call, 2 * index + 1, most)}${message(answer, 2 * index + 2, most)}</li>`,
  );
  return html`<ol class="turns">${rows}</ol>`;
}

/** A longer body, such as that of a refusal, is shown as far as this. */
const BODY = 64;

/** A long address goes on in the next line at each of its parts. */
const FIRST_LINE = 72;

function message({ by, first, headers, body }: TurnMessage, step: number, most: number): Markup {
  const shown = body.length > most ? `${body.slice(0, most)}…` : body;
  const line = first.length > FIRST_LINE ? first.replaceAll(/[?&]/g, '\n  $&') : first;
  const lines = [line, ...headers, ...(shown === '' ? [] : ['', shown])].join('\n');
  return html`<div data-step="${step}"><p class="label">${by}</p><pre tabindex="0" role="group" aria-label="${by}"><code>${lines}</code></pre></div>`;
}
