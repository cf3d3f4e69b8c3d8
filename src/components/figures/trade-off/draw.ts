/**
 * The trade-off as a picture: to the right what waiting costs, upwards how many calls are cold, and
 * a point for each position of the keep-alive. The corner that meets the goal is outlined. Upwards
 * the scale is that of square roots, so that one in a hundred differs visibly from none.
 */

import { html, svgPercent, type Markup } from '#src/components/markup.ts';
import { money, roundMoney } from '#src/format/money.ts';
import { percent } from '#src/format/percent.ts';
import type { CurvePoint } from './curve.ts';
import type { Curves } from './curves.ts';
import { atOnceText, keepText, type TradeOffSetup } from './setup.ts';

const HEIGHT = 220;
const TOP = 16;
const AXIS = 26;
const TICKS = [0, 0.01, 0.05, 0.1, 0.25, 0.5, 1];

/** The picture, with a sentence that says what it shows as its label. */
export function drawTradeOff({ setup, points, single }: Curves): Markup {
  const all = [...points, ...(single ?? [])];
  const most = roundUp(Math.max(setup.goal.idleCost, ...all.map(({ idleCost }) => idleCost)));
  const x = (cost: number): string => svgPercent(cost / most, 2);
  const current = points[setup.keep];
  const goalY = y(setup.goal.coldShare);
  return html`<svg role="img" aria-label="${tradeOffSummary(setup, current)}" width="100%" height="${TOP + HEIGHT + AXIS}">
<g transform="translate(0 ${TOP})">${TICKS.map(
    (share) =>
      html`<line class="grid" x1="0" x2="100%" y1="${y(share)}" y2="${y(share)}"/><text class="tick" x="100%" y="${y(share) - 3}" text-anchor="end">${percent(share)}</text>`,
  )}<rect class="goal" x="0" y="${goalY}" width="${x(setup.goal.idleCost)}" height="${HEIGHT - goalY}"/><text class="mark" x="6" y="${goalY - 5}">goal</text>${
    single && line(single, most, 'single')
  }${line(points, most, 'set')}${(single ?? []).map((point) => dot(point, x, 'single'))}${points.map((point) => dot(point, x, 'set'))}${current && mark(current, setup, x, most)}<line class="axis" x1="0" x2="100%" y1="${HEIGHT}" y2="${HEIGHT}"/>${[0, 0.25, 0.5, 0.75, 1].map((share) => costTick(share, most))}</g></svg>`;
}

/** What the picture shows where it is set, in a sentence. */
export function tradeOffSummary(
  { keep, concurrency }: TradeOffSetup,
  point: CurvePoint | undefined,
): string {
  if (!point) return 'Nothing simulated.';
  const each = atOnceText(concurrency);
  return `Kept ${keepText(keep)}, ${each}: ${percent(point.coldShare)} of calls cold, ${money(point.idleCost, 'USD')} a month for waiting.`;
}

function y(share: number): number {
  return Math.round(HEIGHT * (1 - Math.sqrt(share)));
}

function line(points: readonly CurvePoint[], most: number, kind: string): Markup {
  const path = points.map(
    ({ idleCost, coldShare }) => `${Math.round((1000 * idleCost) / most)} ${y(coldShare)}`,
  );
  return html`<svg width="100%" height="${HEIGHT}" viewBox="0 0 1000 ${HEIGHT}" preserveAspectRatio="none" overflow="visible"><path class="curve" data-curve="${kind}" d="M${path.join('L')}"/></svg>`;
}

function dot(
  { idleCost, coldShare }: CurvePoint,
  x: (cost: number) => string,
  kind: string,
): Markup {
  return html`<circle class="dot" data-curve="${kind}" cx="${x(idleCost)}" cy="${y(coldShare)}" r="${kind === 'set' ? 4 : 3}"/>`;
}

function mark(
  { idleCost, coldShare }: CurvePoint,
  { keep }: TradeOffSetup,
  x: (cost: number) => string,
  most: number,
): Markup {
  const isRight = idleCost > most / 2;
  return html`<circle class="here" cx="${x(idleCost)}" cy="${y(coldShare)}" r="8"/><text class="mark" x="${x(idleCost)}" dx="${isRight ? -14 : 14}" y="${Math.min(y(coldShare) + 4, HEIGHT - 8)}" text-anchor="${isRight ? 'end' : 'start'}">kept ${keepText(keep)}</text>`;
}

function costTick(share: number, most: number): Markup {
  const anchor = share === 0 ? 'start' : share === 1 ? 'end' : 'middle';
  return html`<text class="tick" x="${100 * share}%" y="${HEIGHT + 18}" text-anchor="${anchor}">${roundMoney(share * most, 'USD')}</text>`;
}

/** So that four parts of it are round. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 10)));
  return ([1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8].find((factor) => factor * power >= value) ?? 10) * power;
}
