/** The strips as SVG: one axis of multiples, on which each doubling is as wide; a stroke is a start. */

import { html, svgPercent, type Markup } from '#src/components/markup.ts';
import { atMostDecimals, counted } from '#src/format/number.ts';
import type { Strip } from './strips.ts';

const ROW = 31;
/** Where the strokes of a row begin, and how long they are. */
const STROKE = { top: 17, height: 10 } as const;
const HEADING = 26;
const AXIS = 26;
/** Width of the strokes' own picture, in its units. */
const WIDTH = 1000;
/** Powers of two that the axis spans at least. */
const LEAST_SPAN = { from: -3, to: 2 } as const;

/** A group of strips under a heading. */
interface Part {
  readonly heading: string;
  readonly kind: 'own' | 'measured';
  readonly strips: readonly Strip[];
}

/** Own starts above, and below them what was measured on Lambda. */
export function drawStarts(own: readonly Strip[], measured: readonly Strip[]): Markup {
  const parts: Part[] = [
    { heading: 'your starts ÷ your plain one', kind: 'own', strips: own },
    { heading: 'on Lambda ÷ Node.js 24 there', kind: 'measured', strips: measured },
  ];
  const shown = parts.filter(({ strips }) => strips.length > 0);
  const span = spanOf(shown.flatMap(({ strips }) => strips));
  let y = 0;
  const rows: Markup[] = [];
  const strokes: Markup[] = [];
  for (const { heading, kind, strips } of shown) {
    rows.push(html`<text class="axis-name" y="${y + 17}">${heading}</text>`);
    y += HEADING;
    for (const strip of strips) {
      rows.push(
        html`<text class="mark" y="${y + 12}">${strip.label}</text><text class="tick" x="100%" y="${y + 12}" text-anchor="end">${strip.note}</text>`,
      );
      strokes.push(strokesOf(strip, kind, y, span));
      y += ROW;
    }
  }
  const [lines, words] = axisOf(span, y);
  return html`<svg role="img" aria-label="${startsSummary(own, measured)}" width="100%" height="${y + AXIS}"><svg width="100%" height="${y}" viewBox="0 0 ${WIDTH} ${y}" preserveAspectRatio="none">${lines}${strokes}</svg>${rows}${words}</svg>`;
}

/** What the picture shows, in a sentence. */
export function startsSummary(own: readonly Strip[], measured: readonly Strip[]): string {
  const times = (multiple: number): string => `${atMostDecimals(multiple, 2)} ×`;
  const [, ...others] = own;
  const yours = others.map(({ label, middle }) => `${label} ${times(middle ?? 0)}`);
  const all = measured.flatMap(({ multiples }) => multiples);
  const rows = `On Lambda ${counted(all.length, 'configuration')}, from ${times(Math.min(...all))} to ${times(Math.max(...all))} of Node.js 24 there.`;
  return yours.length === 0
    ? rows
    : `As multiples of your plain start, half of them at most: ${yours.join(', ')}. ${rows}`;
}

/** Powers of two, from and to. */
interface Span {
  readonly from: number;
  readonly to: number;
}

function spanOf(strips: readonly Strip[]): Span {
  const logs = strips.flatMap(({ multiples }) => multiples).map(Math.log2);
  return {
    from: Math.floor(Math.min(LEAST_SPAN.from, ...logs)),
    to: Math.ceil(Math.max(LEAST_SPAN.to, ...logs)),
  };
}

function placeOf(multiple: number, { from, to }: Span): number {
  return (Math.log2(multiple) - from) / (to - from);
}

function strokesOf(
  { multiples, middle }: Strip,
  kind: Part['kind'],
  y: number,
  span: Span,
): Markup {
  const x = (multiple: number): number => Math.round(WIDTH * placeOf(multiple, span));
  let at = 0;
  // Each from the one before it: a page that says little twice packs well.
  const starts = multiples.map((multiple, index) => {
    const from = at;
    at = x(multiple);
    const move = index === 0 ? `M${at} ${y + STROKE.top}` : `m${at - from}-${STROKE.height}`;
    return `${move}v${STROKE.height}`;
  });
  const half =
    middle !== null &&
    html`<path class="middle" d="M${x(middle)} ${y + STROKE.top - 2}v${STROKE.height + 4}"/>`;
  return html`<path class="${kind}" d="${starts.join('')}"/>${half}`;
}

function axisOf(span: Span, y: number): [lines: Markup, words: Markup[]] {
  const powers = Array.from({ length: span.to - span.from + 1 }, (_none, at) => span.from + at);
  const lines = powers
    .map((power) => `M${Math.round(WIDTH * placeOf(2 ** power, span))} 0V${y}`)
    .join('');
  // All of them would run into each other on a phone.
  const step = powers.length > 6 ? 2 : 1;
  const worded = powers.filter((power) => power % step === 0);
  const words = worded.map((power) => {
    const share = placeOf(2 ** power, span);
    const anchor = share === 0 ? 'start' : share === 1 ? 'end' : 'middle';
    const text = power < 0 ? `1/${2 ** -power}` : String(2 ** power);
    return html`<text class="tick" x="${svgPercent(share, 1)}" y="${y + 18}" text-anchor="${anchor}">${text} ×</text>`;
  });
  return [html`<path class="grid" d="${lines}"/>`, words];
}
