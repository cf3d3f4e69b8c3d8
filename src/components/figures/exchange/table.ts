/** The exchange as a table, equal to the picture. */

import { html, type Markup } from '#src/components/markup.ts';
import { bytesText } from './bytes-text.ts';
import type { ExchangePart } from './setup.ts';

export function exchangeTable(parts: readonly ExchangePart[]): Markup {
  const rows = parts.map(
    ({ side, name, text, author, meaning }) =>
      html`<tr><th scope="row">${side}: ${name}</th><td>${bytesText(text)}</td><td>${author}</td><td>${meaning}</td></tr>`,
  );
  return html`<table class="ledger"><thead><tr><th scope="col">Piece</th><th scope="col">Length</th><th scope="col">Who wrote it</th><th scope="col">What it says</th></tr></thead><tbody>${rows}</tbody></table>`;
}
