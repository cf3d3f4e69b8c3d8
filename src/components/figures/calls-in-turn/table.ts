/** The messages as a table, equal to the picture. */

import { html, type Markup } from '#src/components/markup.ts';
import type { TurnMade } from './setup.ts';

export function turnsTable(turns: readonly TurnMade[]): Markup {
  const rows = turns.flatMap(({ call, answer }) =>
    [call, answer].map(
      ({ by, first, meaning }, side) =>
        html`<tr><th scope="row">${side === 0 ? by : first}</th><td>${meaning}</td></tr>`,
    ),
  );
  return html`<table class="ledger"><thead><tr><th scope="col">Who asks, and what is answered</th><th scope="col">What it means</th></tr></thead><tbody>${rows}</tbody></table>`;
}
