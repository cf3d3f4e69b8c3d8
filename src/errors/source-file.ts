/** A text file that turns offsets into lines and columns. */

import type { Mistake } from './mistake.ts';

/** The whole text, read once. */
export class SourceFile {
  /** From the project root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Offset at which each line starts; the first is 0. */
  readonly #lines: readonly number[];

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
    this.#lines = [0, ...[...text.matchAll(/\n/g)].map((newline) => newline.index + 1)];
  }

  /** A mistake at an offset of this file; offsets past the end mean the end. */
  mistake(offset: number, problem: string, cure: string): Mistake {
    return { file: this.path, ...this.position(offset), problem, cure };
  }

  position(offset: number): { line: number; column: number } {
    const at = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.#lines.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lines[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (this.#lines[low] ?? 0) + 1 };
  }

  /** The offset of a line and column, both from 1. */
  offset(line: number, column: number): number {
    return (this.#lines[line - 1] ?? this.text.length) + column - 1;
  }
}
