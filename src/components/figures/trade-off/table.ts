/** The trade-off as a table, equal to the picture. */

import { html, type Markup } from '#src/components/markup.ts';
import { money } from '#src/format/money.ts';
import { atMostDecimals } from '#src/format/number.ts';
import { percent } from '#src/format/percent.ts';
import type { CurvePoint } from './curve.ts';
import type { Curves } from './curves.ts';
import { KEEPS_S, keepText } from './setup.ts';

/** A row for each position of the keep-alive; the one that is set is marked. */
export function tradeOffTable({ setup, points, single }: Curves): Markup {
  const rows = KEEPS_S.map((_keep, position) => {
    const point = points[position];
    if (!point) return null;
    const other = single?.[position];
    const cells = ({ coldShare, idle, idleCost }: CurvePoint): Markup =>
      html`<td>${percent(coldShare)}</td><td>${atMostDecimals(idle, 2)}</td><td>${money(idleCost, 'USD')}</td>`;
    return html`<tr${position === setup.keep && html` aria-current="true"`}><th scope="row">${keepText(position)}</th>${cells(point)}${other && cells(other)}</tr>`;
  });
  const head = (of: string): Markup =>
    html`<th scope="col">Cold, ${of}</th><th scope="col">Waiting</th><th scope="col">A month</th>`;
  const each = setup.concurrency === 1 ? 'one at a time' : `up to ${setup.concurrency} at once`;
  return html`<table class="ledger"><thead><tr><th scope="col">Kept</th>${head(each)}${single && head('one at a time')}</tr></thead><tbody>${rows}</tbody></table>`;
}
