/**
 * Time to place. A cold start takes milliseconds and a keep-alive seconds, so stretches in which
 * nothing but waiting happens are folded: drawn as long as they are up to a limit, and no longer
 * after it. One axis still serves all rows, and says where it is folded.
 */

/** A span of time. */
export interface AxisStretch {
  /** In ms. */
  readonly from: number;
  readonly to: number;
}

/** A stretch of the axis: drawn true, or folded. */
export interface AxisPiece extends AxisStretch {
  readonly folded: boolean;
  /** Where it begins and ends on the axis, from 0 to 1. */
  readonly start: number;
  readonly end: number;
}

/** A quiet stretch is drawn no longer than this share of all that happens. */
const QUIET_SHARE = 0.4;
/** Nothing is ever drawn on less time than this, in ms, so that a bare instant has a width. */
const LEAST_MS = 1;

/** Maps moments to places on the axis. */
export class TimeScale {
  readonly pieces: readonly AxisPiece[];

  /**
   * @param window what is drawn
   * @param happenings when something happens; the time between is quiet
   */
  constructor(window: AxisStretch, happenings: readonly AxisStretch[]) {
    const parts = divided(window, happenings);
    const active = sum(parts.filter(({ quiet }) => !quiet).map(lengthOf));
    // Where nothing happens at all there is nothing to be kept in proportion to.
    const most = active > 0 ? Math.max(QUIET_SHARE * active, LEAST_MS) : Infinity;
    const shown = parts.map((part) =>
      part.quiet ? Math.min(lengthOf(part), most) : lengthOf(part),
    );
    const total = sum(shown) || LEAST_MS;
    let start = 0;
    this.pieces = parts.map(({ from, to }, index) => {
      const end = start + (shown[index] ?? 0) / total;
      const piece = { from, to, folded: to - from > (shown[index] ?? 0), start, end };
      start = end;
      return piece;
    });
  }

  /** From 0 to 1; what lies outside is drawn at the edge. */
  at(ms: number): number {
    const piece = this.pieces.find(({ to }) => ms <= to) ?? this.pieces.at(-1);
    if (!piece) return 0;
    const { from, to, start, end } = piece;
    const share = to > from ? (ms - from) / (to - from) : 0;
    return start + (end - start) * Math.min(1, Math.max(0, share));
  }

  /** Round moments outside folds, in ms from the start of the axis. */
  ticks(most: number): number[] {
    const origin = this.pieces[0]?.from ?? 0;
    const open = this.pieces.filter(({ folded }) => !folded);
    const step = roundStep(sum(open.map(lengthOf)) / most);
    return open.flatMap(({ from, to }) => {
      const first = Math.ceil((from - origin) / step) * step;
      const count = Math.max(0, Math.floor((to - origin - first) / step) + 1);
      return Array.from({ length: count }, (_none, index) => first + index * step);
    });
  }
}

interface Part extends AxisStretch {
  readonly quiet: boolean;
}

/** The window, cut where something begins or ends to happen. */
function divided(window: AxisStretch, happenings: readonly AxisStretch[]): Part[] {
  const inside = happenings
    .filter(({ from, to }) => to >= window.from && from <= window.to)
    .toSorted((a, b) => a.from - b.from);
  const parts: Part[] = [];
  let now = window.from;
  for (const { from, to } of inside) {
    const end = Math.min(to, window.to);
    if (from > now) parts.push({ from: now, to: from, quiet: true });
    if (end > now) parts.push({ from: Math.max(from, now), to: end, quiet: false });
    now = Math.max(now, end);
  }
  if (window.to > now) parts.push({ from: now, to: window.to, quiet: true });
  return parts;
}

/** 1, 2 or 5 times a power of ten, at least `least`. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 0.1)));
  return ([1, 2, 5].find((factor) => factor * power >= least) ?? 10) * power;
}

function lengthOf({ from, to }: AxisStretch): number {
  return to - from;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
