/** Runs the checks, and writes what they found as lines for a terminal. */

import type { Check, Finding } from './check.ts';

/** What one check found. */
export interface Row extends Finding {
  readonly name: string;
}

/** One after another: each may start a program, and all share one machine. A check that throws has found a fault. */
export async function examine(checks: readonly Check[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { name, look } of checks) {
    const finding = await Promise.resolve()
      .then(look)
      .catch((error: unknown): Finding => {
        const found = error instanceof Error ? error.message : String(error);
        return { state: 'missing', found, cure: 'This check itself failed: please report it.' };
      });
    rows.push({ name, ...finding });
  }
  return rows;
}

/** A line for each row, its cure below it, and a last line that says what comes next. */
export function report(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length));
  const lines = rows.flatMap(({ name, state, found, cure }) => [
    `${state.padEnd(8)} ${name.padEnd(width)}  ${found}`,
    ...(cure === undefined ? [] : [`${' '.repeat(width + 9)}  ${cure}`]),
  ]);
  return [...lines, '', verdict(rows)].join('\n');
}

function verdict(rows: readonly Row[]): string {
  const named = (state: string) => rows.filter((row) => row.state === state).map((row) => row.name);
  const missing = named('missing');
  const without = named('without');
  if (missing.length > 0) return `Not yet: ${missing.join(', ')}. Mend it, and run this again.`;
  if (without.length > 0) {
    return `The course starts: npm start. Without ${without.join(', ')} a part of it does not run.`;
  }
  return 'All green. Start the course: npm start';
}
