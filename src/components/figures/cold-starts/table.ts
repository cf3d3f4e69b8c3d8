/** The starts as two tables, equal to the picture. */

import { html, type Markup } from '#src/components/markup.ts';
import { duration } from '#src/format/duration.ts';
import { atMostDecimals } from '#src/format/number.ts';
import { plainRow, rowsOf, type RowChoice } from './setup.ts';
import { within, type StartsOfKind } from './strips.ts';

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

/** A row for each configuration of the choice, from the quickest to the slowest. */
export function measuredTable(choice: RowChoice): Markup {
  const base = plainRow(choice).initMs;
  const rows = rowsOf(choice)
    .toSorted((a, b) => a.initMs - b.initMs)
    .map(
      ({ runtime, initMs, samples }) =>
        html`<tr><th scope="row">${runtime}</th><td>${duration(initMs)}</td><td>${samples}</td><td>${atMostDecimals(initMs / base, 2)}</td></tr>`,
    );
  return html`<table class="ledger"><thead><tr><th scope="col">On Lambda</th><th scope="col">Init, mean</th><th scope="col">of starts</th><th scope="col">÷ Node.js 24</th></tr></thead><tbody>${rows}</tbody></table>`;
}
