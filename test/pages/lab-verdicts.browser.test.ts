/**
 * The same code gives the same verdicts in a tab and in a terminal: what files of a lab come to in the
 * tab is held against its proof, which was made in processes, and the words of a few against a run.
 * Beside those few a fifth of the mutants is tried, each day another one; `labs.browser.test.ts` holds
 * the start, the solution and a mutant for each check against the proof every day.
 */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { runChecks, type CheckVerdict } from '#faas/labs/run-checks.ts';
import { LabBench } from '#src/labs/lab-bench.ts';
import {
  checksOf,
  labIds,
  mutantsOf,
  pageOfLab,
  readCode,
  readLab,
  type LabFolder,
} from '#src/labs/lab-folder.ts';
import { readProof } from '#src/labs/proof.ts';
import { startChromium } from '../fixtures/engines/chromium.ts';
import type { RunningEngine } from '../fixtures/engines/engine-page.ts';
import { TEST_MS } from '../fixtures/patience.ts';
import { LabReader, type SaidVerdict } from './fixtures/lab-reader.ts';
import { siteOrigin } from '../fixtures/site-origin.ts';

const ROOT = process.cwd();
const LABS = labIds(ROOT)
  .map((id) => readLab(ROOT, id))
  .filter(({ data }) => data.language.includes('typescript'))
  .filter(({ data }) => data.where.includes('tab') && data.where.includes('terminal'));

/** Their failures show lines as they were printed, which may break elsewhere; the verdicts are the same. */
const SHOWS_LINES = ['the-case-for/structured-log'];

/** Sandboxes share the page's process: what keeps them apart is not looked at here, and costs a third. */
const FLAGS = ['--disable-features=IsolateSandboxedIframes'];

/** So many days until each mutant has had its turn. */
const SHARES = 5;
const DAY_MS = 86_400_000;
const TODAY = Math.floor(Date.now() / DAY_MS) % SHARES;

let chromium: RunningEngine;
let bench: LabBench;
beforeAll(async () => {
  console.log(
    `Tried today: the mutants ${TODAY}, ${TODAY + SHARES}, ${TODAY + 2 * SHARES}, … of each lab.`,
  );
  chromium = await startChromium(FLAGS);
  bench = new LabBench(ROOT, { startTimeoutMs: TEST_MS, maxDurationS: 180 });
});
afterAll(async () => {
  bench.close();
  await chromium.stop();
});

/** A file of a lab, and what is known of it. */
interface LabFile {
  readonly name: string;
  readonly text: string;
  /** The checks that it fails in processes, by its proof; null where it has none. */
  readonly fails: readonly string[] | null;
  /** What the first of those checks looked at; null where the proof does not say. */
  readonly what: string | null;
  /** Whether it is run in processes here too, for the words of its failures. */
  readonly inWords: boolean;
}

/** The start, the solution with the line of a parameter lost, the first mutant, and today's of the others. */
function filesOf(lab: LabFolder): LabFile[] {
  const proof = readProof(ROOT, lab);
  if (proof?.start === undefined) throw new Error(`Run: npm run -s lab -- prove ${lab.id}`);
  const own = (name: string): string => readCode(ROOT, `${lab.folder}/${name}.ts`).text;
  const solution = own('solution');
  const without = solution.replaceAll(/ *\/\/ parameter:.*/g, '');
  const known = { what: null, inWords: false };
  const start = proof.start.typescript ?? [];
  return [
    { ...known, name: 'start', text: own('start'), fails: start, inWords: true },
    ...(without === solution
      ? []
      : [
          {
            ...known,
            name: 'solution without its parameters',
            text: without,
            fails: null,
            inWords: true,
          },
        ]),
    ...[...mutantsOf(ROOT, lab, 'typescript')]
      .map(([name, { text }], index) => ({
        name,
        text,
        fails: proof.mutants[name]?.typescript ?? [],
        what: proof.findings?.[name]?.typescript?.what ?? null,
        inWords: index === 0,
      }))
      .filter(({ inWords }, index) => inWords || index % SHARES === TODAY),
  ];
}

function said({ name, passed, failure }: CheckVerdict): SaidVerdict {
  if (failure === null) return { name, passed, failure: null };
  const { what, expected, came } = failure;
  return { name, passed, failure: `Expected ${what} · ${expected} · Came · ${came}` };
}

test.each(LABS)('$id', async (lab) => {
  const checks = await checksOf(ROOT, lab);
  const page = await chromium.page();
  await page.open(siteOrigin('staticOrigin') + pageOfLab(lab));
  const reader = await LabReader.at(page);
  for (const { name, text, fails, what, inWords } of filesOf(lab)) {
    const inTab = async (): Promise<SaidVerdict[]> => {
      await reader.write(text);
      return reader.check();
    };
    const inTerminal = async (): Promise<SaidVerdict[] | null> => {
      if (!inWords) return null;
      const made = bench.function(lab, 'typescript', text);
      return (await runChecks({ checks, lab: made, limitMs: TEST_MS })).map(said);
    };
    const [tab, terminal] = await Promise.all([inTab(), inTerminal()]);
    const failed = tab.filter(({ passed }) => !passed);
    if (fails !== null) {
      expect(
        failed.map((one) => one.name),
        name,
      ).toEqual(fails);
    }
    if (what !== null) expect(failed[0]?.failure, name).toContain(`Expected ${what} · `);
    if (terminal === null) continue;
    const verdicts = (all: readonly SaidVerdict[]): unknown =>
      SHOWS_LINES.includes(lab.id) ? all.map(({ name, passed }) => [name, passed]) : all;
    expect(verdicts(tab), name).toEqual(verdicts(terminal));
  }
  await page.close();
});
