/**
 * A timeline as SVG: one axis, one row an instance. Places across are in per cent and heights in
 * pixels, so that it fits any width and its words keep their size. A state is shown by colour, by
 * height and by pattern: starting is tall and hatched, busy tall and full, idle low, gone a dashed
 * line, a violent end a cross.
 */

import type { Lane, Segment } from '#faas/core/trace/timeline-view.ts';
import type { StopReason } from '#faas/core/trace/trace.ts';
import { html, svgPercent, type Markup } from '#src/components/markup.ts';
import { axisTime, duration } from '#src/format/duration.ts';
import { counted } from '#src/format/number.ts';
import { isDatabase, laneName, type Lanes } from './lanes.ts';
import { TimeScale, type AxisStretch } from './scale.ts';

const ROW = 38;
/** With more rows than this each has only its bar. */
const WORDY_ROWS = 12;
/** Below a bar. */
const GAP = 4;
const BARE_ROW = 14;
const BARE_BAR = 10;
/** Marks, their words, and the words of folds below them. */
const AXIS = 44;
const BAR = 16;
const TICKS = 5;
/** Share of the width that the words of a moment need on a phone. */
const TICK_ROOM = 0.19;
/** And from them to the sign of a fold. */
const SIGN_ROOM = 0.12;
/** Share of the width that the words of a fold need on a phone. */
const FOLD_ROOM = 0.32;
const LEAST_WIDTH = 0.004;

const GENTLE: readonly StopReason[] = ['idle', 'surplus', 'replaced', 'shutdown'];

/** What all rows are drawn on. */
interface Canvas {
  readonly scale: TimeScale;
  /** Whether each row has its words. */
  readonly wordy: boolean;
  /** Height of a bar, in px. */
  readonly size: number;
  readonly id: string;
  readonly window: AxisStretch;
}

/** @param id unique on the page: patterns are found by it */
export function drawLanes(lanes: Lanes, id: string): Markup {
  const scale = new TimeScale(lanes.window, lanes.happenings);
  const wordy = lanes.lanes.length <= WORDY_ROWS;
  const rowHeight = wordy ? ROW : BARE_ROW;
  const waiting = lanes.waiting.length > 0 ? 1 : 0;
  const height = (waiting + lanes.lanes.length) * rowHeight + AXIS;
  const canvas: Canvas = { scale, wordy, size: wordy ? BAR : BARE_BAR, id, window: lanes.window };
  const rows = lanes.lanes.map((lane, index) =>
    row(lane, (index + waiting) * rowHeight + rowHeight - canvas.size / 2 - GAP, canvas),
  );
  return html`<svg role="img" aria-label="${lanesSummary(lanes)}" width="100%" height="${height}">
<defs><pattern id="${id}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="cold" d="M0 0h6v6H0z"/><path class="hatch" d="M0 0h2.5v6H0z"/></pattern></defs>
${waiting === 1 && waitingRow(lanes.waiting, scale, wordy)}${rows}${axis(scale, height - AXIS)}</svg>`;
}

const SIGN = { width: 24, height: BAR } as const;

/** Signs that few drawings have, and that a legend tells of only then. */
export interface RareSigns {
  readonly frozen?: boolean;
  readonly firstByte?: boolean;
}

/** Each sign of the drawing with its meaning. @param id of the drawing: its patterns are used */
export function drawLegend(id: string, rare: RareSigns = {}): Markup {
  const bar = (state: string, height: number, more: string | Markup = ''): Markup =>
    html`<rect class="bar" data-state="${state}" x="1" y="${(BAR - height) / 2 + 1}" width="22" height="${height - 2}"${more}/>`;
  const signs: [sign: Markup, meaning: string][] = [
    [bar('cold', BAR), 'starting'],
    [bar('cold', BAR, html` fill="url(#${id}-hatch)"`), 'loading the code'],
    [bar('busy', BAR), 'busy'],
    [bar('idle', BAR / 2), 'idle'],
    ...(rare.frozen ? [[bar('frozen', BAR / 2), 'frozen'] as [Markup, string]] : []),
    ...(rare.firstByte
      ? [
          [html`<line class="first-byte" x1="12" x2="12" y2="${BAR}"/>`, 'first byte'] as [
            Markup,
            string,
          ],
        ]
      : []),
    [html`<line class="gone" x2="24" y1="${BAR / 2}" y2="${BAR / 2}"/>`, 'gone'],
    [bar('fault', BAR), 'failed'],
    [html`<path class="fault" d="M7 3 17 13M17 3 7 13"/>`, 'killed'],
  ];
  return html`${signs.map(
    ([sign, meaning]) =>
      html`<li><svg width="${SIGN.width}" height="${SIGN.height}" aria-hidden="true">${sign}</svg>${meaning}</li>`,
  )}`;
}

/** What the picture shows, in a sentence. */
export function lanesSummary({ lanes, waiting, window }: Lanes): string {
  if (lanes.length === 0) return 'No instance: nothing runs.';
  const instances = lanes.filter((lane) => !isDatabase(lane));
  const ended = lanes.filter(({ end }) => end !== null).length;
  const calls = instances.reduce(
    (total, { segments }) => total + segments.filter(isBusy).length,
    0,
  );
  const parts = [
    `${counted(instances.length, 'instance')}${instances.length < lanes.length ? ' and the database' : ''} over ${duration(window.to - window.from)}`,
    counted(calls, 'call'),
    `${ended} gone at the end`,
  ];
  if (waiting.length > 0) parts.push(`${counted(waiting.length, 'call')} waited in the queue`);
  return `${parts.join(', ')}.`;
}

function isBusy({ is }: Segment): boolean {
  return is === 'busy';
}

/** @param y middle of its bars, in px */
function row(lane: Lane, y: number, canvas: Canvas): Markup {
  const { wordy, window } = canvas;
  const bars = lane.segments
    .filter(({ toMs }) => toMs === null || toMs >= window.from)
    .map((segment) => bar(segment, lane, canvas));
  const words = wordy && html`<text class="mark" y="-13">${wordsOf(lane)}</text>`;
  // Inside, all rows have the same heights: so a page packs them well.
  return html`<g transform="translate(0 ${y})">${words}${gone(lane, canvas)}${bars}${cross(lane, canvas)}</g>`;
}

function bar(segment: Segment, lane: Lane, { scale, size, id, window }: Canvas): Markup {
  const { is, fromMs, toMs } = segment;
  const [x, width] = extent(fromMs, toMs ?? lane.end?.atMs ?? window.to, scale);
  // Requests that run at once share the height.
  const rests = is === 'idle' || is === 'frozen';
  const height = rests ? size / 2 : is === 'busy' ? size / lane.slots : size;
  const y = is === 'busy' ? segment.slot * height - size / 2 : -height / 2;
  const hatch = is === 'init' && html` fill="url(#${id}-hatch)"`;
  return html`<rect class="bar" data-state="${stateOf(segment)}" x="${x}" y="${y}" width="${width}" height="${height}"${hatch}/>${firstByte(segment, y, height, scale)}`;
}

/** Where the beginning of an answer in parts went to the caller. */
function firstByte(segment: Segment, y: number, height: number, scale: TimeScale): Markup | null {
  if (segment.is !== 'busy' || segment.firstByteMs === null) return null;
  const x = svgPercent(scale.at(segment.firstByteMs), 1);
  return html`<line class="first-byte" x1="${x}" x2="${x}" y1="${y - 3}" y2="${y + height + 3}"/>`;
}

function stateOf(segment: Segment): string {
  if (segment.is === 'start' || segment.is === 'init') return 'cold';
  return segment.is === 'busy' && segment.code !== null ? 'fault' : segment.is;
}

/** After its end a dashed line: nothing is there, and nothing is paid for. */
function gone({ end }: Lane, { scale }: Canvas): Markup | null {
  if (end === null) return null;
  return html`<line class="gone" x1="${svgPercent(scale.at(end.atMs), 1)}" x2="100%"/>`;
}

function cross({ end }: Lane, { scale }: Canvas): Markup | null {
  if (end === null || GENTLE.includes(end.reason)) return null;
  return html`<svg x="${svgPercent(scale.at(end.atMs), 1)}" overflow="visible"><path class="fault" d="M-5-5 5 5M5-5-5 5"/></svg>`;
}

function wordsOf(lane: Lane): string {
  const { segments, end } = lane;
  const calls = counted(segments.filter(isBusy).length, isDatabase(lane) ? 'statement' : 'call');
  return `${laneName(lane)} · ${calls}${end === null ? '' : ` · ${endInWords(end.reason)}`}`;
}

/** How an instance ended, in a few words. */
export function endInWords(reason: StopReason): string {
  if (reason === 'idle') return 'let go';
  if (reason === 'replaced') return 'let go after a change';
  return reason.replaceAll('-', ' ');
}

function waitingRow(waiting: readonly AxisStretch[], scale: TimeScale, wordy: boolean): Markup {
  const longest = Math.max(...waiting.map(({ from, to }) => to - from));
  const words = `queue · ${counted(waiting.length, 'call')}, up to ${duration(longest)}`;
  const y = wordy ? 18 : 0;
  const bars = waiting.map(({ from, to }) => {
    const [x, width] = extent(from, to, scale);
    return html`<rect class="bar" data-state="zero" x="${x}" y="${y + 5}" width="${width}" height="6"/>`;
  });
  return html`<g>${wordy && html`<text class="mark" x="0" y="13">${words}</text>`}${bars}</g>`;
}

function axis(scale: TimeScale, y: number): Markup {
  const folds = scale.pieces.filter(({ folded }) => folded);
  /** Up to here the line of words is taken. */
  let taken = -Infinity;
  const marks = folds.map(({ from, to, start, end }) => {
    const at = (start + end) / 2;
    const fold = html`<path class="fold" d="M-6 5-2-5M2 5 6-5"/>`;
    // Words that would run into those of the fold before are left out; the table has all times.
    const before = { start: 0, middle: FOLD_ROOM / 2, end: FOLD_ROOM }[anchorOf(at, 'fold-words')];
    const isRoom = at - before >= taken;
    if (isRoom) taken = at - before + FOLD_ROOM;
    const words = isRoom ? `${duration(to - from)} left out` : '';
    return mark(at, y, fold, words, 'fold-words');
  });
  return html`<line class="axis" x1="0" x2="100%" y1="${y}" y2="${y}"/>${ticks(scale, y)}${marks}`;
}

/** Ticks that would run into each other or into the sign of a fold are left out. */
function ticks(scale: TimeScale, y: number): Markup[] {
  const origin = scale.pieces[0]?.from ?? 0;
  const folds = scale.pieces
    .filter(({ folded }) => folded)
    .map(({ start, end }) => (start + end) / 2);
  let last = -Infinity;
  return scale.ticks(TICKS).flatMap((ms) => {
    const at = scale.at(origin + ms);
    if (at - last < TICK_ROOM || folds.some((fold) => Math.abs(fold - at) < SIGN_ROOM)) return [];
    last = at;
    return mark(at, y, html`<path class="axis" d="M0 0v5"/>`, axisTime(ms));
  });
}

type MarkKind = 'tick' | 'fold-words';

/** Which end of its words a mark stands at, so that they stay inside the picture. */
function anchorOf(at: number, kind: MarkKind): 'start' | 'middle' | 'end' {
  const margin = kind === 'tick' ? 0.05 : 0.15;
  if (at < margin) return 'start';
  return at > 1 - margin ? 'end' : 'middle';
}

/** A sign on the axis with its words below. */
function mark(at: number, y: number, sign: Markup, words: string, kind: MarkKind = 'tick'): Markup {
  const below = kind === 'tick' ? 22 : 37;
  const anchor = anchorOf(at, kind);
  const text =
    words !== '' &&
    html`<text class="${kind}" text-anchor="${anchor}" y="${below}">${words}</text>`;
  return html`<svg x="${svgPercent(at, 1)}" y="${y}" overflow="visible">${sign}${text}</svg>`;
}

function extent(from: number, to: number, scale: TimeScale): [x: string, width: string] {
  // A bar that lasted no time was there nevertheless.
  const width = Math.max(LEAST_WIDTH, scale.at(to) - scale.at(from));
  return [svgPercent(Math.min(scale.at(from), 1 - width), 1), svgPercent(width, 1)];
}
