/**
 * Shares a route's calls among revisions of its function, by weight: whole callers, each of whom stays
 * with one revision, or single calls, each drawn anew.
 *
 * A caller goes to the revision that wins a race of theirs (weighted rendezvous hashing): each revision
 * draws a number from the caller's hash, and its weight makes it faster. So a weight that grows takes
 * callers over and gives none away, and a caller moves only when the revision that they had shrinks.
 */

/** Who stays with one revision: a caller, or nobody. */
export type SplitBy = 'caller' | 'call';

/** A revision and its share of a route. */
export interface WeightedRevision {
  readonly revision: string;
  /** Percent of the route's callers, or calls. Integer from 0 to 100; a route's weights add up to 100. */
  readonly weight: number;
  /** A name by which a call asks for this revision, whatever the weights. @default none */
  readonly tag?: string;
}

/** How a route is shared. */
export interface RouteSplit {
  /** @default 'caller' */
  readonly by?: SplitBy;
  readonly revisions: readonly WeightedRevision[];
}

/** By route: `{ '/api/hello': { revisions: [{ revision: 'a', weight: 90 }, { revision: 'b', weight: 10 }] } }`. */
export type RouteSplits = Readonly<Record<string, RouteSplit>>;

/** Chooses among revisions with a weight above 0. */
export class Split {
  readonly #lanes: readonly {
    readonly revision: string;
    readonly weight: number;
    readonly seed: number;
  }[];
  readonly #sum: number;

  /**
   * @param salt the same callers are shared differently under another one, such as another route
   * @param shares weights need no sum of 100 here, only one above 0
   */
  constructor(salt: string, shares: readonly WeightedRevision[]) {
    this.#lanes = shares
      .filter(({ weight }) => weight > 0)
      .map(({ revision, weight }) => ({ revision, weight, seed: hash(`${salt}\n${revision}`) }));
    this.#sum = this.#lanes.reduce((all, { weight }) => all + weight, 0);
    if (!(this.#sum > 0)) throw new RangeError(`Expected a weight above 0 for ${salt}; none is.`);
  }

  /** @param caller the same text gets the same revision while the weights stay */
  ofCaller(caller: string): string {
    const of = hash(caller);
    let best = '';
    let least = Infinity;
    for (const { revision, weight, seed } of this.#lanes) {
      // Exponentially distributed, with the weight as its rate: the least of them wins by weight.
      const time = -Math.log((mixed(of ^ seed) + 0.5) / 2 ** 32) / weight;
      if (time < least) {
        least = time;
        best = revision;
      }
    }
    return best;
  }

  /** @param draw in [0, 1). @throws RangeError for another number */
  ofDraw(draw: number): string {
    let upTo = 0;
    const drawn = draw * this.#sum;
    const chosen = draw >= 0 && this.#lanes.find(({ weight }) => drawn < (upTo += weight));
    if (chosen) return chosen.revision;
    throw new RangeError(`A draw is from 0 up to and without 1; ${draw} came.`);
  }
}

/** FNV-1a over UTF-16 code units, 32 bits. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
  }
  return mixed(state);
}

/** Spreads each bit over all (the finalizer of MurmurHash3). From 0 to 2^32 − 1. */
function mixed(bits: number): number {
  let state = bits ^ (bits >>> 16);
  state = Math.imul(state, 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}
