/** Figures and checks as Markdown: for the terminal and for `bench/RESULTS.md` alike. */

import type { Cell } from './behaviour/check.ts';
import type { Figure, Figures } from './figures.ts';
import { table } from './table.ts';

/** One peer's results. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly instance: string;
  /** `miniflare 4.1.0` */
  readonly versions: string;
  readonly figures: Figures;
  /** By title of the behaviour; empty when none was checked. */
  readonly cells: ReadonlyMap<string, Cell>;
  readonly remarks: readonly string[];
  /** Why it did not take part to the end; null when it did. */
  readonly failure: string | null;
}

export interface Run {
  readonly date: string;
  readonly machine: string;
  readonly method: readonly string[];
  /** Ours first. */
  readonly rows: readonly Row[];
  /** The command that a student gives; null when it was not measured. */
  readonly course: Row | null;
}

interface Column {
  readonly heading: string;
  readonly figure: Figure;
  readonly digits: number;
  /** Beside ours. */
  readonly ratio?: true;
}

const MS = 'ms';
const TABLES: readonly { readonly title: string; readonly columns: readonly Column[] }[] = [
  {
    title: 'Start',
    columns: [
      {
        heading: `command to first answer, ${MS}`,
        figure: 'firstAnswerMs',
        digits: 0,
        ratio: true,
      },
      { heading: `cold start, ${MS}`, figure: 'coldMs', digits: 1, ratio: true },
    ],
  },
  { title: 'Warm, one client', columns: warm('one') },
  { title: 'Warm, ten clients', columns: warm('ten') },
  {
    title: 'Memory',
    columns: [
      { heading: 'all, one idle instance, MB', figure: 'memoryOneMb', digits: 0, ratio: true },
      { heading: 'each further instance, MB', figure: 'memoryEachMb', digits: 1, ratio: true },
      { heading: 'instances of ten calls at once', figure: 'instances', digits: 0 },
      { heading: 'all, idle after the loads, MB', figure: 'memoryAfterMb', digits: 0, ratio: true },
    ],
  },
];

function warm(clients: 'one' | 'ten'): Column[] {
  return [
    { heading: `p50, ${MS}`, figure: `${clients}P50Ms`, digits: 3, ratio: true },
    { heading: `p99, ${MS}`, figure: `${clients}P99Ms`, digits: 3, ratio: true },
    { heading: 'requests/s', figure: `${clients}PerS`, digits: 0, ratio: true },
  ];
}

export function report(run: Run): string {
  const sections = [
    `# Results\n\nWritten by \`npm run bench\` on ${run.date}.`,
    list([`Machine: ${run.machine}`, ...run.method]),
    ...figureTables(run),
    behaviourTable(run.rows),
    seen(run.rows),
    targetTable(run),
    notes(run),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function figureTables({ rows }: Run): string[] {
  const base = rows.find(({ id }) => id === 'ours')?.figures ?? null;
  return TABLES.map(({ title, columns }) => {
    const heads = columns.flatMap(({ heading, ratio }) =>
      ratio ? [heading, '÷ ours'] : [heading],
    );
    const lines = rows.map(({ title: name, figures }) => [
      name,
      ...columns.flatMap((column) => cellsOf(column, figures, base)),
    ]);
    return `## ${title}\n\n${table(['', ...heads], lines)}`;
  });
}

function cellsOf({ figure, digits, ratio }: Column, figures: Figures, base: Figures | null) {
  const spread = figures.spread(figure);
  const text = spread === null ? '–' : spreadText(spread, digits);
  if (ratio !== true) return [text];
  return [text, ratioText(spread?.median, base?.spread(figure)?.median)];
}

function spreadText(
  { median, least, most }: { median: number; least: number; most: number },
  digits: number,
): string {
  const show = (value: number): string => value.toFixed(digits);
  return `${show(median)} (${show(least)}–${show(most)})`;
}

function ratioText(value: number | undefined, base: number | undefined): string {
  return ratioOrNothing(quotient(value ?? null, base ?? null));
}

function behaviourTable(rows: readonly Row[]): string {
  const titles = [...new Set(rows.flatMap(({ cells }) => [...cells.keys()]))];
  if (titles.length === 0) return '';
  const lines = rows.map(({ title, cells }) => [
    title,
    ...titles.map((name) => cells.get(name)?.verdict ?? 'not checked'),
  ]);
  return `## Behaviour\n\nEach cell is from a check that ran against the live peer.\n\n${table(['', ...titles], lines)}`;
}

/** What stands behind each cell. */
function seen(rows: readonly Row[]): string {
  const checked = rows.filter(({ cells }) => cells.size > 0);
  if (checked.length === 0) return '';
  const parts = checked.map(({ title, cells }) => {
    const lines = [...cells].map(([name, cell]) => `${name}: ${cell.verdict}. ${cell.seen}`);
    return `### ${title}\n\n${list(lines)}`;
  });
  return `## What was seen\n\n${parts.join('\n\n')}`;
}

function targetTable({ rows, course }: Run): string {
  const medianOf = (id: string, figure: Figure): number | null =>
    rows.find((row) => row.id === id)?.figures.spread(figure)?.median ?? null;
  const cold = medianOf('ours', 'coldMs');
  const warmTargets = [
    ['miniflare', 'miniflare', 1],
    ['bare-node', 'bare node:http', 1.5],
  ] as const;
  const others: readonly (readonly [name: string, value: number | null, most: number])[] = [
    [
      'cold start to answer, ÷ bare fork to listening',
      quotient(cold, medianOf('ours', 'bareListeningMs')),
      1.3,
    ],
    [
      'cold start to answer, ÷ bare fork to answer',
      quotient(cold, medianOf('ours', 'bareAnsweredMs')),
      1.3,
    ],
    ['command to first answer, s', inSeconds(medianOf('ours', 'firstAnswerMs')), 1],
    [
      'npm start to first answer, s',
      inSeconds(course?.figures.spread('firstAnswerMs')?.median ?? null),
      1,
    ],
  ];
  const lines = warmTargets.flatMap(([other, name, most]) =>
    WARM.map(({ what, figure, isRate }) => {
      const of = (id: string): number | null => {
        const [own, its] = [medianOf(id, figure), medianOf(other, figure)];
        return isRate ? quotient(its, own) : quotient(own, its);
      };
      return [
        `${what}, ÷ ${name}`,
        ...judged(of('ours'), most),
        ratioOrNothing(of('ours-shared')),
        ratioOrNothing(of('bare-relay')),
      ];
    }),
  );
  for (const [name, value, most] of others) lines.push([name, ...judged(value, most), '–', '–']);
  const heads = ['ours', 'measured', 'target', 'reached', 'ours, shared', 'bare relay'];
  return `## Targets\n\n${table(heads, lines)}`;
}

const WARM: readonly {
  readonly what: string;
  readonly figure: Figure;
  readonly isRate: boolean;
}[] = [
  { what: 'warm p50, one client', figure: 'oneP50Ms', isRate: false },
  { what: 'warm p50, ten clients', figure: 'tenP50Ms', isRate: false },
  { what: 'time a request at one client', figure: 'onePerS', isRate: true },
  { what: 'time a request at ten clients', figure: 'tenPerS', isRate: true },
];

function judged(value: number | null, most: number): string[] {
  const reached = value === null ? '–' : value <= most ? 'yes' : 'no';
  return [value === null ? 'not measured' : value.toFixed(2), `≤ ${most}`, reached];
}

function ratioOrNothing(value: number | null): string {
  return value === null ? '–' : value.toFixed(2);
}

function notes({ rows, course }: Run): string {
  const all = course === null ? rows : [...rows, course];
  const lines = all.flatMap(({ title, instance, versions, figures, remarks, failure }) => {
    const bare = figures.spread('bareListeningMs');
    const answered = figures.spread('bareAnsweredMs');
    const first = figures.spread('firstAnswerMs');
    const told = [`${title}${versions === '' ? '' : ` (${versions})`}: an instance is ${instance}`];
    if (bare && answered) {
      told.push(
        `a bare fork of the same file listened after ${spreadText(bare, 1)} ms and had answered after ${spreadText(answered, 1)} ms`,
      );
    }
    if (title === course?.title && first)
      told.push(`first answer after ${spreadText(first, 0)} ms`);
    if (failure !== null) told.push(`did not finish: ${failure.replace(/\s+/g, ' ')}`);
    return [[...told, ...new Set(remarks)].join('; ')];
  });
  return `## Notes\n\n${list(lines)}`;
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

function quotient(a: number | null, b: number | null): number | null {
  return a === null || b === null || b === 0 ? null : a / b;
}

function inSeconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1000;
}
