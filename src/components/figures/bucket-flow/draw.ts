/**
 * The bucket over time: how many tokens are in it, and below it the calls. One that is let in stands as a
 * full bar, one that is refused as a low cross, so that colour is not needed to tell them apart.
 */

import { html, svgPercent, type Markup } from '#src/components/markup.ts';
import { axisTime } from '#src/format/duration.ts';
import { counted, wholeNumber } from '#src/format/number.ts';
import { niceStep } from '../nice-step.ts';
import { comeBy, type Flow, type FlowCall } from './flow.ts';

const HEAD = 20;
const PLOT = 120;
const CALLS = 34;
const AXIS = 40;
/** Width of the plot in the units of its line; its height is in pixels. */
const WIDE = 1000;
const MARKS = 4;

export function drawFlow(flow: Flow): Markup {
  const { setup, endMs, nowMs } = flow;
  const top = HEAD + PLOT;
  const x = (atMs: number): string => svgPercent(atMs / endMs, 2);
  const step = niceStep(endMs / MARKS);
  const marks = Array.from({ length: Math.floor(endMs / step) + 1 }, (_none, index) => {
    const at = index * step;
    const anchor = index === 0 ? 'start' : 'middle';
    return html`<text class="tick" text-anchor="${anchor}" x="${x(at)}" y="${top + CALLS + 16}">${axisTime(at)}</text>`;
  });
  const calls = moments(comeBy(flow)).map((moment) => mark(moment, x(moment.atMs), top));
  const now = html`<line class="now" x1="${x(nowMs)}" x2="${x(nowMs)}" y1="0" y2="${top + CALLS}"/>`;
  return html`<svg role="img" aria-label="${flowSummary(flow)}" width="100%" height="${top + CALLS + AXIS}"><line class="full" x1="0" x2="100%" y1="${HEAD}" y2="${HEAD}"/><text class="tick" x="100%" y="${HEAD - 6}" text-anchor="end">full: ${wholeNumber(setup.burst)}</text><svg viewBox="0 0 ${WIDE} ${PLOT}" preserveAspectRatio="none" width="100%" y="${HEAD}" height="${PLOT}"><path class="tokens" d="${line(flow)}"/></svg><line class="base" x1="0" x2="100%" y1="${top}" y2="${top}"/>${calls}${nowMs < endMs && now}${marks}<text class="tick" text-anchor="middle" x="50%" y="${top + CALLS + 34}">time since the first call</text></svg>
<ul class="legend"><li><svg width="24" height="12" aria-hidden="true"><path class="tokens" d="M0 10L12 2L12 10L24 2"/></svg>tokens in the bucket</li><li><svg width="8" height="16" aria-hidden="true"><rect class="let" x="2" width="4" height="16"/></svg>let in</li><li><svg width="12" height="16" aria-hidden="true"><path class="no" d="M2 4l8 8m0-8l-8 8"/></svg>refused</li></ul>`;
}

/** What the picture shows, in a sentence. */
export function flowSummary(flow: Flow): string {
  const come = comeBy(flow);
  const letIn = come.filter(({ isLet }) => isLet).length;
  return `After ${axisTime(flow.nowMs)}: ${counted(come.length, 'call')}, ${wholeNumber(letIn)} let in, ${wholeNumber(come.length - letIn)} refused.`;
}

/** Calls that came at the same time. */
interface Moment {
  readonly atMs: number;
  letIn: number;
  refused: number;
}

function moments(calls: readonly FlowCall[]): Moment[] {
  const found: Moment[] = [];
  for (const { atMs, isLet } of calls) {
    let moment = found.at(-1);
    if (moment?.atMs !== atMs) {
      moment = { atMs, letIn: 0, refused: 0 };
      found.push(moment);
    }
    if (isLet) moment.letIn += 1;
    else moment.refused += 1;
  }
  return found;
}

/** Where several come at once, their number stands beside the mark. */
function mark({ letIn, refused }: Moment, x: string, top: number): Markup {
  const number = (count: number, y: number): Markup | false =>
    letIn + refused > 1 &&
    html`<svg x="${x}" overflow="visible"><text class="tick" x="8" y="${y}">${count}</text></svg>`;
  const bar = html`<rect class="let" x="${x}" y="${top + 4}" width="3" height="${CALLS - 8}"/>${number(letIn, top + 14)}`;
  const cross = html`<svg x="${x}" overflow="visible"><path class="no" d="M-4 ${top + CALLS - 13}l8 8m0-8l-8 8"/></svg>${number(refused, top + CALLS - 4)}`;
  return html`${letIn > 0 && bar}${refused > 0 && cross}`;
}

/** How the tokens rise and fall: evenly up to the top, and down by one at each call that is let in. */
function line(flow: Flow): string {
  const { setup, endMs, nowMs } = flow;
  const { rate, burst } = setup;
  const points: (readonly [atMs: number, tokens: number])[] = [];
  let at = 0;
  let tokens: number = burst;
  const riseTo = (to: number): void => {
    const fullAt = at + ((burst - tokens) * 1000) / rate;
    if (fullAt < to) points.push([fullAt, burst]);
    tokens = Math.min(burst, tokens + ((to - at) * rate) / 1000);
    points.push([to, tokens]);
    at = to;
  };
  points.push([0, burst]);
  for (const call of comeBy(flow)) {
    riseTo(call.atMs);
    tokens = call.left;
    points.push([call.atMs, tokens]);
  }
  riseTo(nowMs);
  const y = (value: number): number => Number((PLOT * (1 - value / burst)).toFixed(1));
  const x = (value: number): number => Number(((WIDE * value) / endMs).toFixed(1));
  return `M${points.map(([when, value]) => `${x(when)} ${y(value)}`).join('L')}`;
}
