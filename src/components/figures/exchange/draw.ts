/** The two messages as they went over the line, each piece with the number of its step. */

import { html, type Markup } from '#src/components/markup.ts';
import type { ExchangePart } from './setup.ts';

export function drawExchange(parts: readonly ExchangePart[]): Markup {
  const message = (side: ExchangePart['side'], label: string): Markup => {
    const pieces = parts.map((part, index) => (part.side === side ? piece(part, index + 1) : null));
    return html`<div><p class="label">${label}</p><pre tabindex="0" role="group" aria-label="${label}"><code>${pieces}</code></pre></div>`;
  };
  return html`<div class="messages">${message('call', 'What is asked')}${message('answer', 'What comes back')}</div>`;
}

/** A line end is drawn, since an empty line would be nothing to look at. */
function piece({ text, name }: ExchangePart, step: number): Markup {
  const shown = text === '' ? '(nothing)' : text.replaceAll('\r\n', '↵\n');
  return html`<span data-step="${step}" title="${name}">${shown}</span>`;
}
