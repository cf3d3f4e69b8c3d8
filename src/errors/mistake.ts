/** A mistake of an author: where it is, what is wrong, and what to write instead. */

import { counted } from '#src/format/number.ts';

/** Where something stands in a file of the project. */
export interface SourceLocation {
  /** From the project root, with forward slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units, as editors count. */
  readonly column: number;
}

/** One mistake of an author. */
export interface Mistake extends SourceLocation {
  /** What was expected and what was found. */
  readonly problem: string;
  /** What to write instead. */
  readonly cure: string;
}

/** One mistake as the terminal and the overlay show it; editors open `file:line:column` on click. */
export function formatMistake({ file, line, column, problem, cure }: Mistake): string {
  return `${file}:${String(line)}:${String(column)}\n  ${problem}\n  ${cure}`;
}

/** Every mistake, in the order of files and lines, and how many there are. */
export function formatMistakes(mistakes: readonly Mistake[]): string {
  const files = new Set(mistakes.map(({ file }) => file)).size;
  const total = `${counted(mistakes.length, 'mistake')} in ${counted(files, 'file')}.`;
  return `${mistakes.map(formatMistake).join('\n\n')}\n\n${total}`;
}

/** Sorts mistakes by file, line and column. */
export function byLocation(a: Mistake, b: Mistake): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
