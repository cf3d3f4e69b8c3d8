/** Options as a help page lists them: name, default, meaning and range, in columns. */

import { defaultText, expected, type Option, type Setting } from './option.ts';

/** One line of a help table. */
export interface HelpRow {
  /** Words before the default: a flag, or a flag and its variable. */
  readonly names: readonly string[];
  readonly option: Option;
  /** @default 'real' */
  readonly setting?: Setting;
}

/** @param head over each of the names, and over default and meaning. @default no head */
export function helpTable(rows: readonly HelpRow[], head?: readonly string[]): string {
  const lines = rows.map(({ names, option, setting = 'real' }) => [
    ...names,
    ...partsOf(option, setting),
  ]);
  const all = head === undefined ? lines : [head, ...lines];
  const widths = (all[0] ?? []).map((_, column) =>
    Math.max(...all.map((line) => (line[column] ?? '').length)),
  );
  return all
    .map((line) => line.map((cell, column) => cell.padEnd((widths[column] ?? 0) + 2)).join(''))
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n');
}

/** The default column is for short values, so a default of many words goes after the meaning. */
function partsOf(option: Option, setting: Setting): readonly [string, string] {
  const without = option.otherwise === undefined ? (defaultText(option) ?? '') : '';
  const range = ['text', 'flag'].includes(option.type) ? '' : ` (${expected(option, setting)})`;
  const otherwise = option.otherwise === undefined ? '' : `; by default ${option.otherwise}`;
  return [without, `${option.meaning}${range}${otherwise}`];
}
