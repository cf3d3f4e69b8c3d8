/**
 * `npm run bench -- --pages`: Lighthouse for every page of the built site that search engines may
 * find, and how long its slowest press takes, as `npm start` serves it. Prints its tables and writes
 * them to `bench/site/PAGES.md`, unless `--only` leaves pages out.
 */

import { execFile } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isFresh } from '../../faas/project/freshness.ts';
import { ensureBrowser, launch } from '../../test/fixtures/browser.ts';
import { machine } from '../machine.ts';
import { REPOSITORY } from '../packages.ts';
import { CATEGORIES, readResult, type PageResult } from './lighthouse-result.ts';
import type { PagesOptions } from './options.ts';
import { installed, installPackages, SITE_BENCH } from './packages.ts';
import { pagesReport, type PageRow, type PressRow } from './pages-report.ts';
import { SLOWER, slowestPress } from './presses.ts';
import { ServedSite } from './served-site.ts';

const DIST = join(REPOSITORY, 'dist');
const LIGHTHOUSE = join(SITE_BENCH, 'node_modules/lighthouse/cli/index.js');
/** A report holds screenshots and source maps. */
const MOST_OUTPUT_BYTES = 100_000_000;
const RUN_MS = 180_000;

type Tell = (text: string) => void;

export async function benchPages(
  { runs, only }: PagesOptions,
  tell: Tell,
  signal: AbortSignal,
): Promise<void> {
  if (!isFresh(REPOSITORY, DIST)) {
    throw new Error('Expected a built site that is newer than its sources: npm run build');
  }
  const paths = foundPages().filter(
    (path) => only.length === 0 || only.some((text) => path.includes(text)),
  );
  if (paths.length === 0)
    throw new Error(`Expected --only to fit a page, and none does: ${only.join(', ')}`);
  const [busy = 0] = loadavg();
  installPackages(tell);
  const browser = ensureBrowser();
  const site = await ServedSite.start();
  const rows: PageRow[] = [];
  let presses: PressRow[] = [];
  try {
    for (const path of paths) rows.push(await judge(path, site.origin, browser));
    presses = await pressAll(paths, site.origin, tell, signal);
  } finally {
    await site.stop();
  }
  const text = pagesReport({
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    method: method(runs, busy),
    rows,
    presses,
  });
  process.stdout.write(`\n${text}`);
  if (only.length === 0) writeFileSync(join(SITE_BENCH, 'PAGES.md'), text);

  async function judge(path: string, origin: string, chromium: string): Promise<PageRow> {
    const results: PageResult[] = [];
    try {
      for (let run = 0; run < runs; run += 1) {
        results.push(await lighthouse(origin + path, chromium, signal));
      }
    } catch (error) {
      signal.throwIfAborted();
      const failure = error instanceof Error ? error.message : String(error);
      tell(`${path} failed: ${failure}`);
      return { path, results: [], failure };
    }
    const scores = results.map((one) => CATEGORIES.map((name) => one.scores[name]).join('/'));
    tell(`${path}: ${scores.join(', ')}`);
    return { path, results, failure: null };
  }
}

/** The bare page first. */
async function pressAll(
  paths: readonly string[],
  origin: string,
  tell: Tell,
  signal: AbortSignal,
): Promise<PressRow[]> {
  const browser = await launch();
  const rows: PressRow[] = [];
  try {
    for (const path of [null, ...paths]) {
      signal.throwIfAborted();
      const slowest = await slowestPress(browser, path === null ? null : origin + path);
      rows.push({ path, slowest });
      tell(`${path ?? 'a bare page'}: ${slowest.ms} ms, ${slowest.control}`);
    }
  } finally {
    await browser.close();
  }
  return rows;
}

/** Paths of the built pages that do not ask to be left out of search engines. */
function foundPages(): string[] {
  return globSync('**/*.html', { cwd: DIST })
    .filter((file) => !/<meta name="robots" content="noindex"/.test(pageText(file)))
    .map((file) => `/${file.replaceAll('\\', '/').replace(/(^|\/)index\.html$/, '$1')}`)
    .sort();
}

function pageText(file: string): string {
  return readFileSync(join(DIST, file), 'utf8');
}

async function lighthouse(url: string, browser: string, signal: AbortSignal): Promise<PageResult> {
  const flags = ['--headless=new', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      LIGHTHOUSE,
      url,
      '--output=json',
      '--output-path=stdout',
      '--quiet',
      '--no-enable-error-reporting',
      `--only-categories=${CATEGORIES.join(',')}`,
      `--chrome-flags=${flags.join(' ')}`,
    ],
    {
      env: { ...process.env, CHROME_PATH: browser },
      maxBuffer: MOST_OUTPUT_BYTES,
      timeout: RUN_MS,
      signal,
    },
  );
  return readResult(stdout);
}

/** @param busy load average of the machine before anything was measured */
function method(runs: number, busy: number): string[] {
  return [
    `${installed('lighthouse')}, its default phone (a Moto G Power, slow 4G and a processor four times slower, all simulated), median (least–most) of ${runs} runs, each in a new profile`,
    `Load average of the machine before the run: ${busy.toFixed(1)}; where it is not near 0, other work has shared the cores, and the figures of performance are worse than the page is`,
    `Presses: Chromium at 390 × 844 px, its processor slowed ${SLOWER} times, every control of the page used once; from the press to the next paint, in steps of 8 ms, once a page`,
    'The built site as npm start serves it, over http on the loopback interface: every page without noindex',
  ];
}
