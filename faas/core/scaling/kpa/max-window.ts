/**
 * The largest value of a sliding window, used for the scale-down delay. Values that a later, larger
 * one makes irrelevant are dropped at once, so that each is visited at most twice.
 *
 * After knative/serving 98e5ef90, `pkg/autoscaler/aggregation/max`.
 */
export class MaxWindow {
  readonly #slots: number;
  readonly #granularityS: number;
  /** Newest last; values strictly decrease and slots strictly increase. */
  readonly #maxima: { readonly slot: number; readonly value: number }[] = [];

  /**
   * @param windowMs how far back it reaches, > 0
   * @param granularityMs width of one slot, in whole seconds; a slot keeps its largest value
   */
  constructor(windowMs: number, granularityMs: number) {
    this.#slots = Math.ceil(windowMs / granularityMs);
    this.#granularityS = Math.trunc(granularityMs / 1000);
  }

  /** @param atMs Unix ms; must not go back */
  record(atMs: number, value: number): void {
    const maxima = this.#maxima;
    const slot = Math.trunc(Math.floor(atMs / 1000) / this.#granularityS);
    while (value >= (maxima.at(-1)?.value ?? Infinity)) maxima.pop();
    while (slot - (maxima[0]?.slot ?? Infinity) >= this.#slots) maxima.shift();
    // The remaining values are larger, and within a slot only the largest is kept.
    if (maxima.at(-1)?.slot !== slot) maxima.push({ slot, value });
  }

  /** The largest value recorded in the window before the latest record; 0 before any. */
  current(): number {
    return this.#maxima[0]?.value ?? 0;
  }
}
