/** The messages as a table, equal to the picture. */

import { html, type Markup } from '#src/components/markup.ts';
import type { TurnMade } from './setup.ts';

export function turnsTable(turns: readonly TurnMade[]): Markup {
  const rows = turns.flatMap(({ call, answer }, index) =>
    [call, answer].map(
      ({ by, first, meaning }, side) =>
        html`<tr><th scope="row">${2 * index + side + 1}</th><td>${by}</td><td><code>${first}</code></td><td>${meaning}</td></tr>`,
    ),
  );
  return html`<table class="ledger"><thead><tr><th scope="col">Step</th><th scope="col">Who</th><th scope="col">First line</th><th scope="col">What it means</th></tr></thead><tbody>${rows}</tbody></table>`;
}
