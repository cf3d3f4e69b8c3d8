/** Each lab as a reader does it, in each engine, from the built site on a host that only serves files. */

import { expect, test } from 'vitest';
import { labHelp } from '#practice/code-lab/lab-page.ts';
import { stepsOf } from '#src/attempt/help.ts';
import { checksOf, labIds, mutantsOf, readLab, type LabFolder } from '#src/labs/lab-folder.ts';
import { readProof } from '#src/labs/proof.ts';
import { doesNothing } from '#src/labs/stand-ins.ts';
import { describeInEngines, seenText } from '../fixtures/engines.ts';
import type { EnginePage } from '../fixtures/engines/engine-page.ts';
import { serveFiles } from '../fixtures/file-server.ts';
import { scrollToLab } from '../fixtures/lab-at-hand.ts';
import { LabReader } from './fixtures/lab-reader.ts';
import { siteOrigin } from '../fixtures/site-origin.ts';

const ROOT = process.cwd();
const LABS = labIds(ROOT).map((id) => readLab(ROOT, id));
const WITH_CODE = LABS.filter(({ data }) => data.language.includes('typescript'));
const SORTED = LABS.filter(({ data }) => data.sortings.length > 0);

const OWN = '// my own';

const pathOf = ({ id, lesson, lab }: LabFolder): string =>
  lesson === lab ? `/checkpoints/${lab}/` : `/labs/${id}/`;

/** A file of wrong code, and the checks that it fails by the lab's proof. */
interface WrongCode {
  readonly name: string;
  readonly text: string;
  readonly fails: readonly string[];
}

/** A mutant that this check is meant to catch; any, where there is none. */
function mutantFor(lab: LabFolder, check: string | undefined): WrongCode {
  const mutants = mutantsOf(ROOT, lab, 'typescript');
  const [meant = ''] =
    Object.entries(lab.data.mutants).find(([, { caught }]) => caught === check) ?? [];
  const name = mutants.has(meant) ? meant : ([...mutants.keys()][0] ?? '');
  const fails = readProof(ROOT, lab)?.mutants[name]?.typescript ?? [];
  return { name, text: mutants.get(name)?.text ?? '', fails };
}

/** Code that fails a check for which there are two lines to choose from. */
function stuckCode(lab: LabFolder): WrongCode {
  const lines = lab.data.candidates.find(({ language }) => language === 'typescript');
  return mutantFor(lab, lines?.check);
}

/**
 * Chromium does every lab. What else an engine could do in its own way is the same for all labs of a
 * kind; those that import the code of another are done in each engine, since WebKit loads modules
 * from blobs in a way of its own.
 */
function journeysIn(engine: string): readonly LabFolder[] {
  if (engine === 'Chromium') return WITH_CODE;
  return WITH_CODE.filter(({ data }, index) => {
    if (data.uses !== undefined) return true;
    return index === WITH_CODE.findIndex((other) => other.data.kind === data.kind);
  });
}

describeInEngines('a lab', (open, engine) => {
  test.each(journeysIn(engine))(
    '$id: every check fails and then passes, with help, and nothing is lost',
    async (lab) => {
      const reader = await LabReader.at(await open(siteOrigin('staticOrigin') + pathOf(lab)));
      const { page } = reader;
      await reader.run();

      const failed = new Set<string>();
      const failing = async (): Promise<string[]> => {
        const fails = (await reader.check()).filter(({ passed }) => !passed);
        for (const { name } of fails) failed.add(name);
        return fails.map(({ name }) => name);
      };
      // Where other engines differ in words, they may differ in a verdict: the proof is held against one.
      const proved = (fails: readonly string[], what: string, of: readonly string[]): void => {
        if (engine === 'Chromium') expect(fails, what).toEqual(of);
      };
      proved(await failing(), 'start', readProof(ROOT, lab)?.start?.typescript ?? []);
      await reader.write(doesNothing(lab, 'typescript'));
      await failing();
      const names = (await checksOf(ROOT, lab)).map(({ name }) => name);
      const stuck = stuckCode(lab);
      const wrong = async ({ name, text, fails }: WrongCode): Promise<string[]> => {
        await reader.write(text);
        const found = await failing();
        proved(found, name, fails);
        return found;
      };
      for (const name of names) {
        if (!failed.has(name) && !stuck.fails.includes(name)) await wrong(mutantFor(lab, name));
      }
      const [stuckAt = null] = await wrong(stuck);
      expect([...failed].sort()).toEqual(names.sort());

      const steps = stepsOf(labHelp(lab.id), stuckAt);
      for (const { kind } of steps) {
        const shown = await reader.count('.lab-help');
        await reader.press('hint');
        await expect.poll(() => reader.count('.lab-help')).toBe(shown + 1);
        if (kind === 'candidates') {
          await page.click('.lab-help:last-child .button');
          await expect
            .poll(() => seenText(page, '.lab-help:last-child [role="status"]'))
            .toMatch(/^(Yes\.|No, the other one\.) \S/);
        } else if (kind === 'order') {
          await page.click('.lab-help:last-child [data-act="down"]');
          expect(await seenText(page, '.lab-help:last-child [role="status"]')).toMatch(
            /is line \d+ now/,
          );
          await page.click('.lab-help:last-child > .button');
          await expect.poll(() => reader.status()).toMatch(/checks? pass|^Line \d/);
        }
      }

      await reader.write(OWN);
      await reader.press('solution');
      await expect.poll(() => seenText(page, '.lab-beside > :last-child pre')).toBe(OWN);
      await page.click('[data-do="put"]');
      const passed = await reader.check();
      expect(passed.filter((one) => !one.passed)).toEqual([]);
      await expect.poll(() => reader.status()).toMatch(/^Every check passes/);

      await reader.undo();
      expect(await reader.code()).toBe(OWN);
      await reader.press('reset');
      await expect.poll(() => reader.code()).not.toBe(OWN);
      await reader.undo();
      expect(await reader.code()).toBe(OWN);
      await reader.reload();
      expect(await reader.code()).toBe(OWN);
      await page.click('[data-part="more"] summary');
      await expect.poll(() => reader.count('[data-do="back"]')).toBeGreaterThan(0);
      await page.click('[data-part="more"] li:last-child [data-do="back"]');
      await expect.poll(() => reader.code()).toBe(stuck.text);
    },
  );

  test.each(SORTED)('$id: each card says why it does or does not belong there', async ({ id }) => {
    const lab = readLab(ROOT, id);
    const page = await open(siteOrigin('staticOrigin') + pathOf(lab));
    await scrollToLab(page);
    await page.click('code-lab[data-live=""] [data-sorting]');
    for (const { id: sorting, boxes, cards } of lab.data.sortings) {
      for (const [index, card] of cards.entries()) {
        const at = `[data-sorting="${sorting}"] [data-card="${card.id}"]`;
        const wrong = boxes.find((box) => box.id !== card.belongs)?.id ?? '';
        if (index === 0) await put(page, at, wrong, /^✗ /);
        await put(page, at, card.belongs, /^✓ /);
      }
    }
  });

  test('runs and is checked when the network has gone', async () => {
    const files = await serveFiles('dist');
    const page = await open(
      `${files.origin}/labs/event-in-response-out/shout/`,
      /help\.json|ERR_CONNECTION|Failed to load/,
    );
    const reader = await LabReader.at(page);
    await expect.poll(() => reader.count('code-lab[data-fetched]')).toBe(1);
    await files.stop();
    await reader.run();
    expect((await reader.check()).length).toBeGreaterThan(0);
  });
});

async function put(page: EnginePage, card: string, box: string, says: RegExp): Promise<void> {
  await page.click(`${card} label:has(input[value="${box}"])`);
  await expect.poll(() => seenText(page, `${card} [role="status"]`)).toMatch(says);
}
