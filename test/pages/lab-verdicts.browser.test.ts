/** The same code gives the same verdicts in a tab and in a terminal, in the same words. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { runChecks, type CheckVerdict } from '#faas/labs/run-checks.ts';
import { LabBench } from '#src/labs/lab-bench.ts';
import { checksOf, labIds, mutantsOf, readCode, readLab } from '#src/labs/lab-folder.ts';
import type { LabFolder } from '#src/labs/lab-folder.ts';
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

let chromium: RunningEngine;
let bench: LabBench;
beforeAll(async () => {
  chromium = await startChromium();
  bench = new LabBench(ROOT, { startTimeoutMs: TEST_MS, maxDurationS: 180 });
});
afterAll(async () => {
  bench.close();
  await chromium.stop();
});

/** Every file of a lab, and its solution with the line of a parameter lost. */
function filesOf(lab: LabFolder): [string, string][] {
  const own = (name: string): string => readCode(ROOT, `${lab.folder}/${name}.ts`).text;
  const mutants = [...mutantsOf(ROOT, lab, 'typescript')];
  return [
    ['start', own('start')],
    ['solution', own('solution')],
    ['solution without its parameters', own('solution').replaceAll(/ *\/\/ parameter:.*/g, '')],
    ...mutants.map(([name, { text }]): [string, string] => [name, text]),
  ];
}

function said({ name, passed, failure }: CheckVerdict): SaidVerdict {
  if (failure === null) return { name, passed, failure: null };
  const { what, expected, came } = failure;
  return { name, passed, failure: `Expected ${what} · ${expected} · Came · ${came}` };
}

test.each(LABS)('$id', async ({ id }) => {
  const lab = readLab(ROOT, id);
  const checks = await checksOf(ROOT, lab);
  const path = lab.lesson === lab.lab ? `/checkpoints/${lab.lab}/` : `/labs/${id}/`;
  const page = await chromium.page();
  await page.open(siteOrigin('staticOrigin') + path);
  const reader = await LabReader.at(page);
  for (const [name, text] of filesOf(lab)) {
    const inTab = async (): Promise<SaidVerdict[]> => {
      await reader.write(text);
      return reader.check();
    };
    const inTerminal = async (): Promise<SaidVerdict[]> => {
      const made = bench.function(lab, 'typescript', text);
      return (await runChecks({ checks, lab: made, limitMs: TEST_MS })).map(said);
    };
    const [tab, terminal] = await Promise.all([inTab(), inTerminal()]);
    const verdicts = (all: readonly SaidVerdict[]): unknown =>
      SHOWS_LINES.includes(id) ? all.map(({ name, passed }) => [name, passed]) : all;
    expect(verdicts(tab), name).toEqual(verdicts(terminal));
  }
  await page.close();
});
