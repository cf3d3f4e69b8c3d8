/** Times, memory and sizes of builds as Markdown: for the terminal and for `bench/site/BUILD.md` alike. */

import { median, spreadOf } from '../statistics.ts';
import { table } from '../table.ts';
import type { Compression } from './build-output.ts';
import type { Measured } from './measured-command.ts';
import type { PageSizes } from './page-sizes.ts';

export interface Build {
  readonly measured: Pick<Measured, 'wallS' | 'cpuS' | 'peakMb'>;
  readonly compression: Compression | null;
}

export interface BuildRow {
  readonly id: string;
  readonly title: string;
  readonly versions: string;
  /** Of all lessons, one a round. */
  readonly builds: readonly Build[];
  /** With a tenth of the lessons. */
  readonly few: PageSizes | null;
  readonly many: PageSizes | null;
  /** Why it did not take part to the end; null when it did. */
  readonly failure: string | null;
}

export interface BuildRun {
  readonly date: string;
  readonly machine: string;
  readonly method: readonly string[];
  readonly lessons: number;
  readonly rows: readonly BuildRow[];
}

/** Of the course's time by the clock to that of bare Astro. */
const MOST_RATIO = 1.3;

export function buildReport(run: BuildRun): string {
  return `# A build of many lessons

Written by \`npm run bench -- --build\` on ${run.date}.

${list([`Machine: ${run.machine}`, ...run.method])}

## ${run.lessons} lessons

${timeTable(run.rows)}

## Not counted

${list(run.rows.map(notCounted))}

## Size of a lesson's page, kB

${sizeTable(run.rows)}

## Target

${target(run.rows)}

## Notes

${list(run.rows.map(note))}
`;
}

function timeTable(rows: readonly BuildRow[]): string {
  const columns = [
    { head: 'time, s', of: wallS, digits: 1 },
    { head: 'CPU, s', of: cpuS, digits: 1 },
    { head: 'peak memory, MB', of: ({ measured }: Build) => measured.peakMb, digits: 0 },
  ];
  const base = rows.find(({ id }) => id === 'astro');
  const heads = columns.flatMap(({ head }) => [head, '÷ bare Astro']);
  const lines = rows.map((row) => [
    row.title,
    ...columns.flatMap(({ of, digits }) => [
      spreadText(values(row, of), digits),
      ratioText(ratio(values(row, of), base === undefined ? [] : values(base, of))),
    ]),
  ]);
  return table(['', ...heads], lines);
}

function wallS({ measured, compression }: Build): number {
  return measured.wallS - (compression?.wallS ?? 0);
}

function cpuS({ measured, compression }: Build): number {
  return measured.cpuS - (compression?.cpuS ?? 0);
}

function values({ builds }: BuildRow, of: (build: Build) => number | null): number[] {
  return builds.map(of).filter((value) => value !== null);
}

function notCounted({ title, builds }: BuildRow): string {
  const each = builds.flatMap(({ compression }) => compression ?? []);
  if (each.length === 0) return `${title}: nothing`;
  const wall = spreadText(
    each.map((one) => one.wallS),
    1,
  );
  const cpu = spreadText(
    each.map((one) => one.cpuS),
    1,
  );
  return `${title}: compression, ${wall} s, ${cpu} s of CPU`;
}

function sizeTable(rows: readonly BuildRow[]): string {
  const heads = ['lessons', 'raw, median', 'raw, largest', 'gzip, median', 'gzip, largest'];
  const lines = rows.flatMap(({ title, few, many }) =>
    [few, many].flatMap((sizes) => {
      if (sizes === null) return [];
      const { raw, gzip, pages } = sizes;
      const bytes = [raw.median, raw.largest, gzip.median, gzip.largest];
      return [[title, String(pages), ...bytes.map((size) => (size / 1_000).toFixed(1))]];
    }),
  );
  return table(['', ...heads], lines);
}

function target(rows: readonly BuildRow[]): string {
  const of = (id: string): number[] => {
    const row = rows.find((each) => each.id === id);
    return row === undefined ? [] : values(row, wallS);
  };
  const found = ratio(of('course'), of('astro'));
  const reached = found === null ? '–' : found <= MOST_RATIO ? 'yes' : 'no';
  return table(
    ['the course', 'measured', 'target', 'reached'],
    [['time ÷ bare Astro', ratioText(found), `≤ ${MOST_RATIO}`, reached]],
  );
}

function note({ title, versions, failure }: BuildRow): string {
  const how = failure === null ? '' : `; did not finish: ${failure.replace(/\s+/g, ' ')}`;
  return `${title}: ${versions}${how}`;
}

/** Of the medians; null where one is missing. */
function ratio(some: readonly number[], base: readonly number[]): number | null {
  return some.length === 0 || base.length === 0 ? null : median(some) / median(base);
}

function ratioText(value: number | null): string {
  return value === null ? '–' : value.toFixed(2);
}

function spreadText(some: readonly number[], digits: number): string {
  const spread = spreadOf(some);
  if (spread === null) return '–';
  const show = (value: number): string => value.toFixed(digits);
  return `${show(spread.median)} (${show(spread.least)}–${show(spread.most)})`;
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}
