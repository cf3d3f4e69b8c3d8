/** The bars as a table, equal to the picture. */

import { html, type Markup } from '#src/components/markup.ts';
import { duration } from '#src/format/duration.ts';
import { megabytes } from '#src/format/memory.ts';
import type { MeasuredStart } from '#src/measured/lambda-perf.ts';

/** A row for each size of memory. */
export function sharesTable(rows: readonly MeasuredStart[]): Markup {
  const lines = rows.map(
    ({ memoryMb, initMs, firstCallMs }) =>
      html`<tr><th scope="row">${megabytes(memoryMb)}</th><td>${duration(initMs)}</td><td>${duration(firstCallMs)}</td><td>${duration(initMs + firstCallMs)}</td></tr>`,
  );
  return html`<table class="ledger"><thead><tr><th scope="col">Memory</th><th scope="col">Init, mean</th><th scope="col">First call, mean</th><th scope="col">Together</th></tr></thead><tbody>${lines}</tbody></table>`;
}
