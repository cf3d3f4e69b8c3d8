/**
 * Sends printed lines to the page: at once where they are few, and together where they are many. Each
 * message costs the page a task of its own, so that a loop which prints would keep it from all others.
 */

/** One line, and where it was printed. */
export interface PrintedLine {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** Lines that are sent at once within a frame: what is printed before a loop hangs is seen. */
const MOST_AT_ONCE = 50;
/** Time between two frames of a page, in ms. */
const FRAME_MS = 16;

/** What a {@link LinePost} needs of its surroundings. */
export interface LinePostParts {
  /** @param wereKept they have waited, and come together */
  readonly send: (lines: readonly PrintedLine[], wereKept: boolean) => void;
  /** A clock in ms. @default the worker's own */
  readonly now?: () => number;
  /** Calls later, after so many ms. @default the worker's own timer */
  readonly later?: (act: () => void, ms: number) => void;
}

/** Sends at most one message more than {@link MOST_AT_ONCE} a frame, beside those that `flush` asks for. */
export class LinePost {
  readonly #send: LinePostParts['send'];
  readonly #now: () => number;
  readonly #later: (act: () => void, ms: number) => void;
  /** When the frame began in which lines are counted. */
  #since = -Infinity;
  #sent = 0;
  /** In the order in which they were printed. Not empty: a timer runs, which sends them. */
  #kept: PrintedLine[] = [];

  constructor({ send, now, later }: LinePostParts) {
    this.#send = send;
    this.#now = now ?? (() => performance.now());
    // Bound now: a function may put another timer into its place.
    this.#later = later ?? setTimeout.bind(globalThis);
  }

  /** @returns whether it was sent at once */
  add(line: PrintedLine): boolean {
    const now = this.#now();
    if (now - this.#since >= FRAME_MS) {
      this.#since = now;
      this.#sent = 0;
      this.flush();
    }
    if (this.#sent < MOST_AT_ONCE) {
      this.#sent += 1;
      this.#send([line], false);
      return true;
    }
    this.#kept.push(line);
    if (this.#kept.length === 1) this.#later(() => this.flush(), FRAME_MS);
    return false;
  }

  /** Sends what waits, before something else is told that must not come first. */
  flush(): void {
    if (this.#kept.length > 0) this.#send(this.#kept.splice(0), true);
  }
}
