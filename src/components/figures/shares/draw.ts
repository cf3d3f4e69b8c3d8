/** For each size of memory two bars, one after the other on the axis of time: init, then the first call. */

import { html, svgPercent, type Markup } from '#src/components/markup.ts';
import { axisTime, duration } from '#src/format/duration.ts';
import { megabytes } from '#src/format/memory.ts';
import type { MeasuredStart } from '#src/measured/lambda-perf.ts';

const ROW = 40;
const BAR = { top: 17, height: 16 } as const;
const AXIS = 24;
const STEP_MS = 250;

/** @param rows small to large */
export function drawShares(rows: readonly MeasuredStart[]): Markup {
  const most = Math.max(...rows.map((row) => row.initMs + row.firstCallMs));
  const toMs = Math.ceil(most / STEP_MS) * STEP_MS;
  const x = (ms: number): string => svgPercent(ms / toMs, 1);
  const bars = rows.map(
    ({ memoryMb, initMs, firstCallMs }, index) =>
      html`<g transform="translate(0 ${index * ROW})"><text class="mark" y="12">${megabytes(memoryMb)}</text><text class="tick" x="100%" y="12" text-anchor="end">${duration(initMs)}, then ${duration(firstCallMs)}</text><rect class="bar" data-state="cold" y="${BAR.top}" width="${x(initMs)}" height="${BAR.height}"/><rect class="bar" data-state="busy" x="${x(initMs)}" y="${BAR.top}" width="${x(firstCallMs)}" height="${BAR.height}"/></g>`,
  );
  const bottom = rows.length * ROW;
  const ticks = Array.from({ length: toMs / STEP_MS + 1 }, (_none, index) => {
    const anchor = index === 0 ? 'start' : index * STEP_MS === toMs ? 'end' : 'middle';
    return html`<text class="tick" x="${x(index * STEP_MS)}" y="${bottom + 17}" text-anchor="${anchor}">${axisTime(index * STEP_MS)}</text>`;
  });
  return html`<svg role="img" aria-label="${sharesSummary(rows)}" width="100%" height="${bottom + AXIS}">${bars}<line class="axis" x2="100%" y1="${bottom}" y2="${bottom}"/>${ticks}</svg>`;
}

/** What the picture shows, in a sentence. */
export function sharesSummary(rows: readonly MeasuredStart[]): string {
  const each = rows.map(
    ({ memoryMb, initMs, firstCallMs }) =>
      `with ${megabytes(memoryMb)} ${duration(initMs)} of init and ${duration(firstCallMs)} of first call`,
  );
  return `${each.join('; ')}.`;
}
