/**
 * Two monthly bills over the calls a month. Calls grow tenfold from mark to mark, dollars evenly.
 * Places across are in per cent and heights in pixels, so that it fits any width and its words keep
 * their size. The function's line is whole, the machine's dashed, and each carries its name.
 */

import { costAt, requestsFor } from '#faas/prices/break-even.ts';
import { html, svgPercent, type Markup } from '#src/components/markup.ts';
import { largeNumberInShort, largeNumberTick, rate } from '#src/format/large-number.ts';
import { money, roundMoney } from '#src/format/money.ts';
import { perSecond, type CostComparison } from './comparison.ts';
import { LEAST_CALLS, MOST_CALLS } from './setup.ts';

/** A strip above the plot, for the reader's own mark. */
const HEAD = 24;
const PLOT = 240;
const AXIS = 42;
/** Width of the plot in the units of its curve; its height is in pixels. */
const WIDE = 1000;
/** Points of the function's line. */
const ACROSS = 12;
const UPWARDS = 18;
/** The machine's line stands at about this share of the height. */
const MACHINE_AT = 0.42;
const DECADES = Math.log10(MOST_CALLS / LEAST_CALLS);

interface Canvas {
  /** Dollars at the upper edge. */
  readonly top: number;
  /** Dollars between two lines of the grid. */
  readonly step: number;
  /** Where the function's line leaves the plot, in calls; null when it stays inside. */
  readonly exit: number | null;
}

export function drawBreakEven(comparison: CostComparison): Markup {
  const canvas = canvasOf(comparison);
  return html`<svg role="img" aria-label="${breakEvenSummary(comparison)}" width="100%" height="${HEAD + PLOT + AXIS}">
${grid(canvas)}<svg viewBox="0 0 ${WIDE} ${PLOT}" preserveAspectRatio="none" width="100%" y="${HEAD}" height="${PLOT}">${curves(comparison, canvas)}</svg>
${reader(comparison, canvas)}${axes(canvas, comparison.fn.bill.currency)}${names(comparison, canvas)}${meeting(comparison, canvas)}</svg>`;
}

/** What the picture shows, in a sentence. */
export function breakEvenSummary({ fn, machine, crossing, setup }: CostComparison): string {
  const at = `At ${largeNumberInShort(setup.calls)} calls a month ${fn.name} costs ${money(fn.bill.total, fn.bill.currency)} and ${machine.name} ${money(machine.bill.total, machine.bill.currency)}.`;
  const meet =
    crossing === null
      ? 'Their lines do not cross.'
      : `Their lines cross at ${largeNumberInShort(crossing.requests)} calls a month.`;
  return `Cost a month over calls a month. ${at} ${meet}`;
}

function canvasOf(comparison: CostComparison): Canvas {
  const { fn, machine, perCall } = comparison;
  const height = machine.bill.total || 2 * fn.bill.total || 1;
  const step = niceStep(height / MACHINE_AT / 3);
  const top = step * Math.ceil(height / MACHINE_AT / step - 1e-9);
  return { top, step, exit: requestsFor(fn.offer, perCall, [top])[0] ?? null };
}

/** 1, 2 or 5, times a power of ten, at least `step`. */
function niceStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  return power * ([1, 2, 5].find((nice) => nice * power >= step * (1 - 1e-9)) ?? 10);
}

/** From 0 to 1 across the plot. */
function across(calls: number): number {
  const share = Math.log10(calls / LEAST_CALLS) / DECADES;
  return Math.min(1, Math.max(0, share));
}

/** From the upper edge of the plot, in px. */
function down(amount: number, { top }: Canvas): number {
  return PLOT * (1 - amount / top);
}

function heights({ top, step }: Canvas): { amount: number; y: number }[] {
  return Array.from({ length: Math.round(top / step) + 1 }, (_, index) => {
    const amount = index * step;
    return { amount, y: round(HEAD + PLOT * (1 - amount / top)) };
  });
}

function grid(canvas: Canvas): Markup {
  const lines = heights(canvas).map(
    ({ amount, y }) =>
      html`<line class="${amount === 0 ? 'axis' : 'grid'}" x2="100%" y1="${y}" y2="${y}"/>`,
  );
  return html`${lines}`;
}

/** Over the curves, so that no surface covers a number. */
function axes(canvas: Canvas, currency: string): Markup {
  const dollars = heights(canvas).map(
    ({ amount, y }) =>
      amount > 0 &&
      html`<text class="tick" x="0" y="${y - 5}">${roundMoney(amount, currency)}</text>`,
  );
  const marks = Array.from({ length: DECADES + 1 }, (_, index) => {
    const [x, y] = [svgPercent(index / DECADES, 2), HEAD + PLOT];
    const anchor = index === 0 ? 'start' : index === DECADES ? 'end' : 'middle';
    return html`<line class="axis" x1="${x}" x2="${x}" y1="${y}" y2="${y + 5}"/><text class="tick" text-anchor="${anchor}" x="${x}" y="${y + 20}">${largeNumberTick(LEAST_CALLS * 10 ** index)}</text>`;
  });
  return html`${dollars}${marks}<text class="tick" text-anchor="middle" x="50%" y="${HEAD + PLOT + 38}">calls a month</text>`;
}

function curves(comparison: CostComparison, canvas: Canvas): Markup {
  const { machine, crossing } = comparison;
  const line = functionLine(comparison, canvas);
  const level = round(down(machine.bill.total, canvas));
  const meets = crossing === null ? null : Math.round(WIDE * across(crossing.requests));
  // What is saved: between the two lines, as far as the function is the cheaper one.
  const saved =
    meets !== null &&
    meets > 0 &&
    html`<path class="saved" d="${pathOf(line.filter(([x]) => x <= meets))}L${meets} ${level}H0Z"/>`;
  return html`${saved}<path class="machine" d="M0 ${level}H${WIDE}"/><path class="function" d="${pathOf(line)}"/>`;
}

type Point = readonly [x: number, y: number];

/** Few points, where they are needed: evenly across while it is flat, upwards in growing steps where it turns. */
function functionLine({ fn, perCall, crossing }: CostComparison, canvas: Canvas): Point[] {
  const end = Math.min(canvas.exit ?? MOST_CALLS, MOST_CALLS);
  const flat = Array.from(
    { length: ACROSS },
    (_, index) => LEAST_CALLS * 10 ** ((DECADES * index) / ACROSS),
  );
  const levels = Array.from(
    { length: UPWARDS },
    (_, index) => canvas.top * ((index + 1) / (UPWARDS + 1)) ** 2,
  );
  const steep = requestsFor(fn.offer, perCall, levels);
  // A point on the crossing itself, or the line would miss it by a hair.
  return [...flat, ...steep, crossing?.requests ?? null, end]
    .filter((calls) => calls !== null)
    .filter((calls) => calls >= LEAST_CALLS && calls <= end)
    .sort((a, b) => a - b)
    .map((calls) => [
      Math.round(WIDE * across(calls)),
      round(Math.max(0, down(costAt(fn.offer, perCall, calls), canvas))),
    ]);
}

/** Points that change nothing are left out: a bill near zero is one straight line. */
function pathOf(points: readonly Point[]): string {
  const bends = points.filter(([, y], index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    return before?.[1] !== y || after?.[1] !== y;
  });
  return bends.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
}

/** Each line has its name beside it, and each side of the crossing says who is cheaper there. */
function names({ fn, machine, crossing }: CostComparison, canvas: Canvas): Markup {
  const level = round(HEAD + down(machine.bill.total, canvas));
  const out = canvas.exit === null ? 1 : across(canvas.exit);
  const [x, anchor] = out > 0.5 ? [out - 0.015, 'end'] : [out + 0.015, 'start'];
  const leaves = canvas.exit !== null && out < 1;
  const functionY = leaves
    ? HEAD + 16
    : round(HEAD + Math.max(16, down(fn.bill.total, canvas) - 8));
  const meets = crossing === null ? null : across(crossing.requests);
  return html`<text class="mark" text-anchor="${anchor}" x="${svgPercent(x, 2)}" y="${functionY}">${fn.name}</text>
<text class="mark" x="3.2rem" y="${level - 7}">${machine.name}</text>
${meets !== null && meets > 0.3 && html`<text class="where" x="${svgPercent(meets / 2, 2)}" text-anchor="middle" y="${round((level + HEAD + PLOT) / 2 + 10)}">function cheaper</text>`}
${out < 0.86 && html`<text class="where" text-anchor="end" y="${round((HEAD + level) / 2)}"><tspan x="100%">machine</tspan><tspan x="100%" dy="16">cheaper</tspan></text>`}`;
}

/** The reader's number of calls: a line down the plot, and what each side costs there. */
function reader({ fn, machine, setup }: CostComparison, canvas: Canvas): Markup {
  const share = across(setup.calls);
  const x = svgPercent(share, 2);
  const anchor = share < 0.15 ? 'start' : share > 0.85 ? 'end' : 'middle';
  const dots = [fn, machine]
    .filter(({ bill }) => bill.total <= canvas.top)
    .map(
      ({ bill }) =>
        html`<svg x="${x}" y="${round(HEAD + down(bill.total, canvas))}" overflow="visible"><circle class="here" r="3.5"/></svg>`,
    );
  return html`<line class="reader" x1="${x}" x2="${x}" y1="${HEAD - 4}" y2="${HEAD + PLOT}"/><text class="mark" text-anchor="${anchor}" x="${x}" y="${HEAD - 9}">you: ${largeNumberInShort(setup.calls)}</text>${dots}`;
}

function meeting({ crossing }: CostComparison, canvas: Canvas): Markup | null {
  if (crossing === null || crossing.requests < LEAST_CALLS || crossing.requests > MOST_CALLS) {
    return null;
  }
  const share = across(crossing.requests);
  const y = round(HEAD + down(crossing.amount, canvas));
  const [dx, anchor] = share > 0.45 ? [-26, 'end'] : [12, 'start'];
  return html`<svg x="${svgPercent(share, 2)}" y="${y}" overflow="visible"><circle class="crossing" r="6"/><text class="mark" text-anchor="${anchor}" x="${dx}" y="21">${largeNumberInShort(crossing.requests)} calls</text><text class="tick" text-anchor="${anchor}" x="${dx}" y="37">${rate(perSecond(crossing.requests))}</text></svg>`;
}

function round(px: number): number {
  return Number(px.toFixed(1));
}
