/** Results of Lighthouse as Markdown: for the terminal and for `bench/site/PAGES.md` alike. */

import { median, spreadOf } from '../statistics.ts';
import { table } from '../table.ts';
import { CATEGORIES, type Category, type PageResult } from './lighthouse-result.ts';
import type { SlowestPress } from './presses.ts';

export interface PageRow {
  /** `/lessons/scale-to-zero/` */
  readonly path: string;
  readonly results: readonly PageResult[];
  /** Why a run failed; null when all went well. */
  readonly failure: string | null;
}

export interface PressRow {
  /** Null for a bare page with one button. */
  readonly path: string | null;
  readonly slowest: SlowestPress;
}

export interface PagesRun {
  readonly date: string;
  readonly machine: string;
  readonly method: readonly string[];
  readonly rows: readonly PageRow[];
  readonly presses: readonly PressRow[];
}

const LEAST_SCORE = 100;
const MOST_LCP_MS = 1_500;
/** "Good" of Interaction to Next Paint. */
const MOST_PRESS_MS = 200;

export function pagesReport({ date, machine, method, rows, presses }: PagesRun): string {
  return `# Every page that may be found

Written by \`npm run bench -- --pages\` on ${date}.

${list([`Machine: ${machine}`, ...method])}

## Lighthouse

${scoreTable(rows)}

## Presses

${pressTable(presses)}

## Targets

${targets(rows, presses)}

## What cost points

${losses(rows)}
`;
}

function scoreTable(rows: readonly PageRow[]): string {
  const lines = rows.map(({ path, results }) => [
    path,
    ...CATEGORIES.map((category) => spreadText(results.map(({ scores }) => scores[category]))),
    spreadText(results.map(({ lcpMs }) => lcpMs)),
  ]);
  return table(['', ...CATEGORIES, 'LCP, ms'], lines);
}

function pressTable(presses: readonly PressRow[]): string {
  const lines = presses.map(({ path, slowest }) => [
    path ?? 'a bare page',
    String(slowest.controls),
    slowest.ms.toFixed(0),
    slowest.control,
  ]);
  return table(['', 'controls', 'slowest, ms', 'which'], lines);
}

function targets(rows: readonly PageRow[], presses: readonly PressRow[]): string {
  const least = (category: Category): string[] => {
    const worst = Math.min(...rows.map((row) => medianOf(row, ({ scores }) => scores[category])));
    return judged(category, worst, `≥ ${LEAST_SCORE}`, worst >= LEAST_SCORE);
  };
  const slowest = Math.max(...rows.map((row) => medianOf(row, ({ lcpMs }) => lcpMs)));
  const press = Math.max(...presses.map((row) => row.slowest.ms));
  return table(
    ['the worst page', 'measured', 'target', 'reached'],
    [
      ...CATEGORIES.map(least),
      judged('LCP, ms', slowest, `≤ ${MOST_LCP_MS}`, slowest <= MOST_LCP_MS),
      judged('press, ms', press, `≤ ${MOST_PRESS_MS}`, press <= MOST_PRESS_MS),
    ],
  );
}

/** A page that could not be measured makes every target "not measured". */
function judged(name: string, value: number, target: string, reached: boolean): string[] {
  if (!Number.isFinite(value)) return [name, 'not measured', target, '–'];
  return [name, value.toFixed(0), target, reached ? 'yes' : 'no'];
}

function medianOf({ results }: PageRow, of: (result: PageResult) => number): number {
  return median(results.map(of));
}

/** By page: each audit once, with what was seen in the last run that lost by it. */
function losses(rows: readonly PageRow[]): string {
  const lines = rows.flatMap(({ path, results, failure }) => {
    const seen = new Map<string, string>();
    const times = new Map<string, number>();
    for (const loss of results.flatMap((result) => result.losses)) {
      const name = `${loss.category}: ${loss.audit}`;
      seen.set(name, loss.seen);
      times.set(name, (times.get(name) ?? 0) + 1);
    }
    const lost = [...seen].map(([name, what]) => {
      const how = what === '' ? '' : ` (${what})`;
      return `${path}: ${name}${how}, in ${times.get(name)} of ${results.length} runs`;
    });
    return failure === null ? lost : [...lost, `${path}: ${failure.replace(/\s+/g, ' ')}`];
  });
  return lines.length === 0 ? 'Nothing.' : list(lines);
}

function spreadText(values: readonly number[]): string {
  const spread = spreadOf(values);
  if (spread === null) return '–';
  const [middle, least, most] = [spread.median, spread.least, spread.most].map((n) => n.toFixed(0));
  return least === most ? `${middle}` : `${middle} (${least}–${most})`;
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}
