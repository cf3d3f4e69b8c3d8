/**
 * Enforces memory limits by polling. A heap limit is not enough: Buffers are outside the heap, and
 * 300 MB of them fit under a heap limit of 64 MB. So the memory of the whole process is measured.
 */

/** A process that grows by 1 GB a second exceeds its limit by 50 MB at most. In ms. */
const INTERVAL_MS = 50;

/** A process with a memory limit. MB are 10^6 bytes; `memoryMb` is null where it cannot be measured. */
export interface Watched {
  memoryMb(): number | null;
  readonly limitMb: number;
  /** Called once it holds more than `limitMb`. */
  exceeded(): void;
}

/** Polls all watched processes with one timer, which does not keep the platform running. */
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
