/** The starts as two tables, equal to the picture. */

import { html, type Markup } from '#src/components/markup.ts';
import { duration } from '#src/format/duration.ts';
import { atMostDecimals } from '#src/format/number.ts';
import { plainRow, type RowChoice } from './setup.ts';
import { measuredStrips, within, type StartsOfKind } from './strips.ts';

/** A row for each of the reader's functions. */
export function ownTable(own: readonly StartsOfKind[]): Markup {
  const [plain] = own;
  const base = plain === undefined ? 0 : within(plain, 0.5);
  const rows = own.map((starts) => {
    const times = base === 0 ? '—' : atMostDecimals(within(starts, 0.5) / base, 2);
    return html`<tr><th scope="row">${starts.label}</th><td>${starts.ms.length}</td><td>${duration(within(starts, 0.5))}</td><td>${duration(within(starts, 0.9))}</td><td>${duration(within(starts, 1))}</td><td>${times}</td></tr>`;
  });
  return html`<table class="ledger"><thead><tr><th scope="col">Yours</th><th scope="col">Starts</th><th scope="col">Half within</th><th scope="col">Nine in ten within</th><th scope="col">The slowest</th><th scope="col">÷ the plain one</th></tr></thead><tbody>${rows}</tbody></table>`;
}

/** Every start of the reader's functions, to be copied. */
export function eachStart(own: readonly StartsOfKind[]): Markup {
  return html`${own.map(({ label, ms }) => html`<p>${label}, in ms:<br><code>[${ms.map((one) => one.toFixed(1)).join(', ')}]</code></p>`)}`;
}

/** A row for each strip of the choice, from the quickest to the slowest, with all that it shows. */
export function measuredTable(choice: RowChoice): Markup {
  const base = plainRow(choice).initMs;
  const rows = measuredStrips(choice).map(({ label, multiples }) => {
    const ms = multiples.map((multiple) => Math.round(multiple * base));
    const times = multiples.map((multiple) => atMostDecimals(multiple, 2));
    return html`<tr><th scope="row">${label}</th><td>${ms.join(', ')}</td><td>${times.join(', ')}</td></tr>`;
  });
  return html`<table class="ledger"><thead><tr><th scope="col">On Lambda</th><th scope="col">Init in ms, each the mean of nine or ten</th><th scope="col">÷ Node.js 24</th></tr></thead><tbody>${rows}</tbody></table>`;
}
