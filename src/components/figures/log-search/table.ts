/** The calls that never came to a saved entry, as a table: what the figure lets one find. */

import { html, type Markup } from '#src/components/markup.ts';
import { callsOf, type LoggedLine } from './setup.ts';

export function unsavedTable(lines: readonly LoggedLine[]): Markup {
  const rows = callsOf(lines)
    .filter(({ texts }) => texts.at(-1) !== 'the entry is saved')
    .map(
      ({ call, texts }) =>
        html`<tr><th scope="row"><code>${call}</code></th><td>${texts.length}</td><td>${texts[0]}</td><td>${texts.at(-1)}</td></tr>`,
    );
  return html`<table class="ledger"><thead><tr><th scope="col">Call</th><th scope="col">Lines</th><th scope="col">The first</th><th scope="col">The last</th></tr></thead><tbody>${rows}</tbody></table>`;
}
