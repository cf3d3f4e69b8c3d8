/** A named part of a source file: `// #region handler … // #endregion`; in Python `# region`. */

const START = /^\s*(?:\/\/\s*#|#\s*)region\s+(\S.*?)\s*$/;
const END = /^\s*(?:\/\/\s*#|#\s*)endregion\b/;

/** The whole file without the marks, and without blank lines at its ends. */
export function withoutMarks(source: string): string {
  const lines = source.split('\n').filter((line) => !START.test(line) && !END.test(line));
  return trimmed(lines).join('\n');
}

/** Null when the file has no such region. Inner regions are kept, their marks are not. */
export function regionOf(source: string, name: string): string | null {
  const lines = source.split('\n');
  const from = lines.findIndex((line) => START.exec(line)?.[1] === name);
  if (from === -1) return null;
  let depth = 0;
  const to = lines.findIndex((line, index) => {
    if (index <= from) return false;
    if (START.test(line)) depth += 1;
    if (END.test(line)) depth -= 1;
    return depth < 0;
  });
  const inside = lines.slice(from + 1, to === -1 ? undefined : to);
  return dedented(withoutMarks(inside.join('\n')));
}

/** Names of every region in the file, in order. */
export function regionNames(source: string): string[] {
  return source.split('\n').flatMap((line) => START.exec(line)?.[1] ?? []);
}

function dedented(text: string): string {
  const lines = text.split('\n');
  const depths = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const depth = Math.min(...depths);
  return lines.map((line) => line.slice(depth)).join('\n');
}

function trimmed(lines: readonly string[]): readonly string[] {
  const isText = (line: string): boolean => line.trim() !== '';
  return lines.slice(lines.findIndex(isText), lines.findLastIndex(isText) + 1);
}
