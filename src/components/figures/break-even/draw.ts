/**
 * Two monthly bills over the calls a month. Both axes are even, so that a bill which grows with each
 * call is a straight line, and where it crosses the other the picture has its middle. Places across
 * are in per cent and heights in pixels, so that it fits any width and its words keep their size. The
 * function's line is whole, the machine's dashed, and each carries its name.
 */

import { bendsOf, costAt, requestsFor, type Crossing } from '#faas/prices/break-even.ts';
import { html, svgPercent, type Markup } from '#src/components/markup.ts';
import { largeNumberInShort, largeNumberTick, rate } from '#src/format/large-number.ts';
import { money, roundMoney } from '#src/format/money.ts';
import { wholeNumber } from '#src/format/number.ts';
import { dollarScale, gridOf, heightsOf, type DollarScale } from '../dollar-scale.ts';
import { lineKey } from '../legend.ts';
import { niceStep } from '../nice-step.ts';
import { perSecond, type CostComparison } from './comparison.ts';
import { LEAST_CALLS, MOST_CALLS } from './setup.ts';

/** A strip above the plot, for the reader's own mark. */
const HEAD = 36;
const PLOT = 240;
const AXIS = 42;
/** Width of the plot in the units of its curve; its height is in pixels. */
const WIDE = 1000;
/** The machine's line stands at about this share of the height. */
const MACHINE_AT = 0.42;
/** Lines of the grid, about. */
const LINES = 3;
/** Marks of the axis of calls, at most. */
const MARKS = 5;

interface Canvas extends DollarScale {
  /** Calls at the right edge. */
  readonly most: number;
  /** Calls between two marks. */
  readonly stride: number;
  /** Where the function's line leaves the plot, in calls; null when it stays inside. */
  readonly exit: number | null;
}

/** The picture, with a sentence that says what it shows as its label. */
export function drawBreakEven(comparison: CostComparison): Markup {
  const canvas = canvasOf(comparison);
  return html`<svg role="img" aria-label="${breakEvenSummary(comparison)}" width="100%" height="${HEAD + PLOT + AXIS}">
${gridOf(heightsOf(canvas, HEAD, PLOT))}<svg viewBox="0 0 ${WIDE} ${PLOT}" preserveAspectRatio="none" width="100%" y="${HEAD}" height="${PLOT}">${curves(comparison, canvas)}</svg>
${reader(comparison, canvas)}${axes(canvas, comparison.fn.bill.currency)}${names(comparison, canvas)}${meeting(comparison, canvas)}</svg>${legend(comparison)}`;
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
  const scale = dollarScale(height / MACHINE_AT, LINES);
  const calls = callsShown(comparison);
  const stride = niceStep(calls / MARKS);
  return {
    ...scale,
    most: stride * Math.ceil(calls / stride - 1e-9),
    stride,
    exit: requestsFor(fn.offer, perCall, [scale.top])[0] ?? null,
  };
}

/** Twice as many as the two lines need to meet; where they do not, twice what the reader has. */
function callsShown({ crossing, setup }: CostComparison): number {
  return 2 * (isShown(crossing) ? crossing.requests : Math.max(setup.calls, LEAST_CALLS));
}

/** Whether the lines meet at a number of calls that anybody has. */
function isShown(crossing: CostComparison['crossing']): crossing is Crossing {
  return crossing !== null && crossing.requests >= LEAST_CALLS && crossing.requests <= MOST_CALLS;
}

/** From 0 to 1 across the plot. */
function across(calls: number, { most }: Canvas): number {
  return Math.min(1, Math.max(0, calls / most));
}

/** From the upper edge of the plot, in px. */
function down(amount: number, { top }: Canvas): number {
  return PLOT * (1 - amount / top);
}

/** Over the curves, so that no surface covers a number. */
function axes(canvas: Canvas, currency: string): Markup {
  const dollars = heightsOf(canvas, HEAD, PLOT).map(
    ({ amount, y }) =>
      amount > 0 &&
      html`<text class="tick" x="0" y="${y - 5}">${roundMoney(amount, currency)}</text>`,
  );
  const count = Math.round(canvas.most / canvas.stride);
  const marks = Array.from({ length: count + 1 }, (_, index) => {
    const [x, y] = [svgPercent(index / count, 2), HEAD + PLOT];
    const anchor = index === 0 ? 'start' : index === count ? 'end' : 'middle';
    return html`<line class="axis" x1="${x}" x2="${x}" y1="${y}" y2="${y + 5}"/><text class="tick" text-anchor="${anchor}" x="${x}" y="${y + 20}">${tick(index * canvas.stride)}</text>`;
  });
  return html`${dollars}${marks}<text class="tick" text-anchor="middle" x="50%" y="${HEAD + PLOT + 38}">calls a month</text>`;
}

function tick(calls: number): string {
  return calls % 1000 === 0 && calls > 0 ? largeNumberTick(calls) : wholeNumber(calls);
}

function curves(comparison: CostComparison, canvas: Canvas): Markup {
  const { machine, crossing } = comparison;
  const line = functionLine(comparison, canvas);
  const level = round(down(machine.bill.total, canvas));
  const meets = isShown(crossing) ? Math.round(WIDE * across(crossing.requests, canvas)) : 0;
  // What is saved: between the two lines, as far as the function is the cheaper one.
  const saved =
    meets > 0 &&
    html`<path class="saved" d="${pathOf(line.filter(([x]) => x <= meets))}L${meets} ${level}H0Z"/>`;
  return html`${saved}<path class="machine" d="M0 ${level}H${WIDE}"/><path class="function" d="${pathOf(line)}"/>`;
}

type Point = readonly [x: number, y: number];

/** A bill is straight between its bends: the end of what is free, and of each tier. */
function functionLine({ fn, perCall, crossing }: CostComparison, canvas: Canvas): Point[] {
  const end = Math.min(canvas.exit ?? canvas.most, canvas.most);
  // A point on the crossing itself, or the surface beside it would end a hair away.
  return [0, ...bendsOf(fn.offer, perCall), crossing?.requests ?? 0, end]
    .filter((calls) => calls <= end)
    .sort((a, b) => a - b)
    .map((calls) => [
      Math.round(WIDE * across(calls, canvas)),
      round(Math.max(0, down(costAt(fn.offer, perCall, calls), canvas))),
    ]);
}

function pathOf(points: readonly Point[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
}

/**
 * Each line has its name beside it, and each side of the crossing says which is cheaper there. On a
 * narrow screen the words would run into the lines: a legend has them there (break-even.css).
 */
function names({ fn, machine, perCall, crossing }: CostComparison, canvas: Canvas): Markup {
  const level = round(HEAD + down(machine.bill.total, canvas));
  const out = canvas.exit === null ? 1 : across(canvas.exit, canvas);
  // Above the line's end; where it leaves through the upper edge, beside it.
  const [x, anchor] = out < 0.5 ? [out + 0.015, 'start'] : [out < 1 ? out - 0.015 : 1, 'end'];
  const end = down(costAt(fn.offer, perCall, canvas.most), canvas);
  const functionY = round(HEAD + Math.max(14, end - 10));
  const meets = isShown(crossing) ? across(crossing.requests, canvas) : 0;
  return html`<text class="mark name" text-anchor="${anchor}" x="${svgPercent(x, 2)}" y="${functionY}">${fn.name}</text>
<text class="mark name" text-anchor="end" x="100%" y="${level + 17}">${machine.name}</text>
${meets > 0 && html`<text class="where" x="${svgPercent(meets / 3, 2)}" text-anchor="middle" y="${round((2 * level + HEAD + PLOT) / 3 + 4)}">function cheaper</text><text class="where" text-anchor="end" x="100%" y="${level - 9}">machine cheaper</text>`}`;
}

/** The names of the lines, where they have no room in the picture. */
function legend({ fn, machine }: CostComparison): Markup {
  return html`<ul class="legend">${lineKey('function', fn.name)}${lineKey('machine', machine.name)}</ul>`;
}

/** The reader's number of calls: a line down the plot, and what each side costs there. */
function reader({ fn, machine, setup }: CostComparison, canvas: Canvas): Markup {
  const share = across(setup.calls, canvas);
  const x = svgPercent(share, 2);
  const anchor = share < 0.15 ? 'start' : share > 0.85 ? 'end' : 'middle';
  const isBeyond = setup.calls > canvas.most;
  const dots = [fn, machine]
    .filter(({ bill }) => !isBeyond && bill.total <= canvas.top)
    .map(
      ({ bill }) =>
        html`<svg x="${x}" y="${round(HEAD + down(bill.total, canvas))}" overflow="visible"><circle class="here" r="3.5"/></svg>`,
    );
  const line = html`<line class="reader" x1="${x}" x2="${x}" y1="16" y2="${HEAD + PLOT}"/>`;
  return html`${!isBeyond && line}<text class="mark" text-anchor="${anchor}" x="${x}" y="12">you: ${largeNumberInShort(setup.calls)}${isBeyond && ' →'}</text>${dots}`;
}

function meeting({ crossing }: CostComparison, canvas: Canvas): Markup | null {
  if (!isShown(crossing)) return null;
  const y = round(HEAD + down(crossing.amount, canvas));
  return html`<svg x="${svgPercent(across(crossing.requests, canvas), 2)}" y="${y}" overflow="visible"><circle class="crossing" r="6"/><text class="mark" text-anchor="start" x="10" y="39">${largeNumberInShort(crossing.requests)} calls</text><text class="tick" text-anchor="start" x="10" y="55">${rate(perSecond(crossing.requests))}</text></svg>`;
}

function round(px: number): number {
  return Number(px.toFixed(1));
}
