/** What `npm run bench -- --build` and `npm run bench -- --pages` can be told. */

import { parseArgs } from 'node:util';
import { allows, expected, fromText, refusal, type NumberOption } from '../../faas/core/option.ts';

export interface BuildOptions {
  readonly task: 'build';
  /** Generated lessons. Integer ≥ 10. */
  readonly lessons: number;
  /** Builds of each. Integer ≥ 1. */
  readonly rounds: number;
}

export interface PagesOptions {
  readonly task: 'pages';
  /** Of Lighthouse, a page. Integer ≥ 1. */
  readonly runs: number;
  /** Texts, one of which the path of a page must hold; empty: every page. */
  readonly only: readonly string[];
}

export type SiteOptions = BuildOptions | PagesOptions | { readonly task: 'help' };

const LESSONS = {
  type: 'number',
  isWhole: true,
  least: 10,
  most: 10_000,
  default: 1_000,
  meaning: 'generated lessons, six code blocks each',
} as const satisfies NumberOption;

const ROUNDS = {
  type: 'number',
  isWhole: true,
  least: 1,
  most: 50,
  default: 3,
  meaning: 'builds of each, in turn',
} as const satisfies NumberOption;

const RUNS = {
  type: 'number',
  isWhole: true,
  least: 1,
  most: 50,
  default: 5,
  meaning: 'runs of Lighthouse a page',
} as const satisfies NumberOption;

/** Whether these arguments are for the site, and not for the platform. */
export function isOfSite(args: readonly string[]): boolean {
  return args.includes('--build') || args.includes('--pages');
}

/** @throws when an option is unknown, out of its range, or belongs to the other task */
export function parseSiteOptions(args: readonly string[]): SiteOptions {
  if (args.includes('--build') && args.includes('--pages')) {
    throw new Error('Expected --build or --pages, and got both. Give them one after the other.');
  }
  if (args.includes('--build')) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        build: { type: 'boolean' },
        lessons: { type: 'string' },
        rounds: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    const lessons = numberOf('--lessons', LESSONS, values.lessons);
    const rounds = numberOf('--rounds', ROUNDS, values.rounds);
    return values.help === true ? { task: 'help' } : { task: 'build', lessons, rounds };
  }
  const { values } = parseArgs({
    args: [...args],
    options: {
      pages: { type: 'boolean' },
      runs: { type: 'string' },
      only: { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const runs = numberOf('--runs', RUNS, values.runs);
  const { only = [] } = values;
  return values.help === true ? { task: 'help' } : { task: 'pages', runs, only };
}

function numberOf(
  name: string,
  option: NumberOption & { readonly default: number },
  text: string | undefined,
): number {
  const value = text === undefined ? option.default : fromText(option, text);
  if (!allows(option, value)) throw new Error(refusal(name, option, value));
  return Number(value);
}

/** Lines for the help of `npm run bench`. */
export function siteHelp(): string {
  const line = (flag: string, { meaning, default: value, ...option }: NumberOption): string =>
    `    ${flag.padEnd(16)}${meaning}, ${expected({ ...option, meaning })}; by default ${String(value)}\n`;
  return `npm run bench -- --build: builds the course beside bare Astro and Starlight, and writes bench/site/BUILD.md.

${line('--lessons N', LESSONS)}${line('--rounds N', ROUNDS)}
npm run bench -- --pages: Lighthouse and the slowest press of every page that may be found, and writes bench/site/PAGES.md.

${line('--runs N', RUNS)}    ${'--only TEXT'.padEnd(16)}pages whose path holds this text, once for each; the tables are printed, and no file is written
`;
}
