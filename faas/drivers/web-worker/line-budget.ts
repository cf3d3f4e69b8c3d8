/**
 * How much a function may print. A loop that prints and never pauses sends the page more lines than it
 * can take: the page would be busy with them long after the loop has been stopped.
 */

/** Short lines that may be printed in one second. */
const MOST_LINES = 1000;
/** Longest line, in characters; a process keeps as much of one. */
const LONGEST_LINE = 65_536;
/** A line counts once more for each so many characters. */
const SHORT_LINE = 1000;
const WINDOW_MS = 1000;

/** Counts lines by the second. */
export class LineBudget {
  readonly #now: () => number;
  #since = -Infinity;
  #spent = 0;

  /** @param now a clock in ms. @default the worker's own */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** What is to be printed in place of a line: the line, cut where it is too long, a note, or nothing. */
  take(line: string): string | null {
    const now = this.#now();
    if (now - this.#since >= WINDOW_MS) {
      this.#since = now;
      this.#spent = 0;
    }
    if (this.#spent > MOST_LINES) return null;
    this.#spent += 1 + Math.min(line.length, LONGEST_LINE) / SHORT_LINE;
    if (this.#spent > MOST_LINES) return '… (more than a page can show in a second: left out)';
    if (line.length <= LONGEST_LINE) return line;
    return `${line.slice(0, LONGEST_LINE)} … (cut after ${LONGEST_LINE} characters)`;
  }
}
