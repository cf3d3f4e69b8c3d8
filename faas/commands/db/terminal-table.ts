/** Rows under each other, for a terminal. */

/** @param head null for none */
export function table(
  head: readonly string[] | null,
  rows: readonly (readonly (string | null)[])[],
): string {
  const shown = rows.map((row) => row.map((value) => (value ?? 'null').replaceAll('\n', ' ')));
  const all = head === null ? shown : [head, ...shown];
  const widths = (all[0] ?? []).map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((value, i) => value.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return all
    .map((row, i) => (i === 0 && head !== null ? `${line(row)}\n${rule}` : line(row)))
    .join('\n');
}
