/**
 * Ends what holds more than it may. A limit on the heap would not do: Buffers are outside of it, and
 * 300 MB of them pass under a heap limit of 64 MB. So the process as a whole is looked at.
 */

/** Often enough that something that grows by 1 GB a second is over by 50 MB at most. In ms. */
const INTERVAL_MS = 50;

export interface Watched {
  memoryMb(): number | null;
  readonly limitMb: number;
  /** Called once it holds more than `limitMb`. */
  exceeded(): void;
}

export class MemoryWatch {
  readonly #watched = new Set<Watched>();
  #timer: NodeJS.Timeout | null = null;

  add(watched: Watched): void {
    this.#watched.add(watched);
    this.#timer ??= setInterval(() => this.#look(), INTERVAL_MS).unref();
  }

  delete(watched: Watched): void {
    this.#watched.delete(watched);
    if (this.#watched.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  #look(): void {
    for (const watched of this.#watched) {
      if ((watched.memoryMb() ?? 0) <= watched.limitMb) continue;
      this.delete(watched);
      watched.exceeded();
    }
  }
}
