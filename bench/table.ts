/** A Markdown table whose columns are aligned, so that it reads in a terminal too. */

/** The first column is text, the others stand to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows].map((row) => row.map(escape));
  const widths = head.map((_, i) => Math.max(3, ...all.map((row) => width(row[i] ?? ''))));
  const [first = [], ...rest] = all;
  const rule = widths.map((n, i) => (i === 0 ? '-'.repeat(n) : `${'-'.repeat(n - 1)}:`));
  return [first, rule, ...rest].map((row) => line(row, widths)).join('\n');
}

function line(cells: readonly string[], widths: readonly number[]): string {
  const padded = widths.map((n, i) => {
    const text = cells[i] ?? '';
    const space = ' '.repeat(Math.max(0, n - width(text)));
    return i === 0 ? text + space : space + text;
  });
  return `| ${padded.join(' | ')} |`;
}

/** A bar would end the cell. */
function escape(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
}

function width(text: string): number {
  return [...text].length;
}
