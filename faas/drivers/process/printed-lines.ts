/** Counts the lines that have come from a child, so that one can wait for those it says it printed. */

export class PrintedLines {
  #count = 0;
  readonly #waiting = new Set<{ readonly count: number; readonly resolve: () => void }>();

  add(): void {
    this.#count++;
    for (const waiting of this.#waiting) if (waiting.count <= this.#count) this.#release(waiting);
  }

  has(count: number): boolean {
    return this.#count >= count;
  }

  /** Resolves when so many have come, or no more will. */
  reach(count: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.has(count)) resolve();
      else this.#waiting.add({ count, resolve });
    });
  }

  /** No more will come. */
  end(): void {
    this.#count = Infinity;
    for (const waiting of this.#waiting) this.#release(waiting);
  }

  #release(waiting: { readonly count: number; readonly resolve: () => void }): void {
    this.#waiting.delete(waiting);
    waiting.resolve();
  }
}
