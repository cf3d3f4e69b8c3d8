/** The lanes as a table, equal to the picture. */

import type { Lane, Segment } from '#faas/core/trace/timeline-view.ts';
import { html, type Markup } from '#src/components/markup.ts';
import { duration } from '#src/format/duration.ts';
import { endInWords } from './draw.ts';
import { laneName, type Lanes } from './lanes.ts';

/** A row for each instance, in the order of the lanes. */
export function lanesTable({ lanes, window }: Lanes): Markup {
  const rows = lanes.map((lane) => row(lane, window.from, window.to));
  return html`<table class="ledger"><thead><tr><th scope="col">Instance</th><th scope="col">Asked for</th><th scope="col">Start</th><th scope="col">Loading</th><th scope="col">Calls</th><th scope="col">Busy</th><th scope="col">Idle</th><th scope="col">End</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function row(lane: Lane, origin: number, now: number): Markup {
  const { fromMs, segments, end } = lane;
  const spent = (...states: readonly Segment['is'][]): string => {
    const spans = segments.filter(({ is }) => states.includes(is));
    const ms = spans.reduce((sum, one) => sum + (one.toMs ?? end?.atMs ?? now) - one.fromMs, 0);
    return spans.length === 0 ? '—' : duration(ms);
  };
  const calls = segments.filter(({ is }) => is === 'busy').length;
  const ended =
    end === null
      ? 'alive'
      : `${endInWords(end.reason)} at ${duration(Math.max(0, end.atMs - origin))}`;
  const asked = fromMs < origin ? 'before' : duration(fromMs - origin);
  return html`<tr><th scope="row">${laneName(lane)}</th><td>${asked}</td><td>${spent('start')}</td><td>${spent('init')}</td><td>${calls}</td><td>${spent('busy')}</td><td>${spent('idle', 'frozen')}</td><td>${ended}</td></tr>`;
}
