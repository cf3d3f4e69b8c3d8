/**
 * Calls as a waterfall: a row a call, what it called below it. Full is its own work, faded is waiting for a
 * call that it made, blue the start of an instance; the line below a bar is the critical path.
 */

import { callsIn, criticalPath, type TracedCall } from '#faas/core/trace/call-tree.ts';
import { html, svgPercent, type Markup } from '#src/components/markup.ts';
import { axisTime, duration } from '#src/format/duration.ts';
import { counted } from '#src/format/number.ts';
import { callName, waitsIn } from './spending.ts';

/** Height of a row, in px; with many rows it is lower. */
const ROW = 26;
const LOW_ROW = 17;
const MANY = 14;
const AXIS = 26;
/** Share of the width that is for names, and at its right for what came of a call. */
const NAMES = 0.3;
const ENDS = 0.1;
const INDENT = 7;
const TICKS = [0, 0.5, 1];

/** From the click to the last end, also of a call that nobody waited for any more. */
export function lastsMs(root: TracedCall): number {
  const ends = [...callsIn(root)].map(({ call }) => call.endedMs ?? call.queuedMs);
  return Math.max(...ends) - root.queuedMs;
}

/** The waterfall, with a sentence as its label. */
export function drawWaterfall(root: TracedCall): Markup {
  const rows = [...callsIn(root)];
  const height = rows.length > MANY ? LOW_ROW : ROW;
  const wholeMs = Math.max(1, lastsMs(root));
  const x = (ms: number): number => (ms - root.queuedMs) / wholeMs;
  const path = Map.groupBy(criticalPath(root), ({ call }) => call.span);
  const drawn = rows.map(({ call, depth }, index) => {
    const y = index * height;
    const middle = y + height / 2 + 4;
    const bars = barsOf(call).map(({ state, fromMs, toMs }) =>
      box(state, x(fromMs), x(toMs), y + 3, height - 8),
    );
    const onPath = (path.get(call.span) ?? []).map(({ fromMs, toMs }) =>
      box('path', x(fromMs), x(toMs), y + height - 4, 2),
    );
    return html`<text x="${depth * INDENT}" y="${middle}">${callName(call)}</text><svg x="${svgPercent(NAMES, 0)}" width="${svgPercent(1 - NAMES - ENDS, 0)}" overflow="visible">${bars}${onPath}</svg>${isBad(call) && html`<text class="bad" x="100%" y="${middle}" text-anchor="end">${call.status ?? call.code ?? ''}</text>`}`;
  });
  const bottom = rows.length * height;
  const ticks = TICKS.map((share) => {
    const anchor = share === 0 ? 'start' : share === 1 ? 'end' : 'middle';
    return html`<text class="tick" x="${svgPercent(share, 0)}" y="${bottom + 18}" text-anchor="${anchor}">${axisTime(share * wholeMs)}</text>`;
  });
  return html`<svg role="img" aria-label="${treeSummary(root)}" width="100%" height="${bottom + AXIS}">${drawn}<svg x="${svgPercent(NAMES, 0)}" width="${svgPercent(1 - NAMES - ENDS, 0)}" overflow="visible"><line class="axis" x1="0" x2="100%" y1="${bottom + 2}" y2="${bottom + 2}"/>${ticks}</svg></svg>`;
}

/** What the picture shows, in a sentence. */
export function treeSummary(root: TracedCall): string {
  const all = [...callsIn(root)];
  const deepest = Math.max(...all.map(({ depth }) => depth)) + 1;
  const tookMs = (root.endedMs ?? root.queuedMs) - root.queuedMs;
  return `${counted(all.length, 'call')}, ${deepest} deep; the answer took ${duration(tookMs)} and is ${root.status ?? root.code ?? 'not there'}.`;
}

/** Whether it did not do what it was asked. */
export function isBad({ status, code }: TracedCall): boolean {
  return code !== null || (status !== null && status >= 400);
}

interface Bar {
  readonly state: 'cold' | 'zero' | 'busy' | 'idle' | 'fault';
  readonly fromMs: number;
  readonly toMs: number;
}

function barsOf(call: TracedCall): Bar[] {
  const { queuedMs, startedMs, endedMs, cold } = call;
  const toMs = endedMs ?? queuedMs;
  const begunMs = startedMs ?? toMs;
  const waiting = { state: cold ? 'cold' : 'zero', fromMs: queuedMs, toMs: begunMs } as const;
  const own = { state: isBad(call) ? 'fault' : 'busy', fromMs: begunMs, toMs } as const;
  const waits = waitsIn(call).map((wait) => ({ state: 'idle', ...wait }) as const);
  return [...(begunMs > queuedMs ? [waiting] : []), own, ...waits];
}

function box(
  state: Bar['state'] | 'path',
  from: number,
  to: number,
  y: number,
  height: number,
): Markup {
  // A call that took no time is still to be seen.
  return html`<rect data-state="${state}" x="${svgPercent(from, 2)}" width="${svgPercent(Math.max(0.004, to - from), 2)}" y="${y}" height="${height}"/>`;
}
