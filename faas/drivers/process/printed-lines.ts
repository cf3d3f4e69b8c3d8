/** Counts the lines read from a child, to wait until as many have come as it says it printed. */

/** A count of printed lines, from 0, that can be awaited. */
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

  /** Resolves when `count` lines have come, or when there will be no more. */
  reach(count: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.has(count)) resolve();
      else this.#waiting.add({ count, resolve });
    });
  }

  /** Call it when the output has ended. */
  end(): void {
    this.#count = Infinity;
    for (const waiting of this.#waiting) this.#release(waiting);
  }

  #release(waiting: { readonly count: number; readonly resolve: () => void }): void {
    this.#waiting.delete(waiting);
    waiting.resolve();
  }
}
