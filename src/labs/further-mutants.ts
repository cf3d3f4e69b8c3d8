/**
 * `--mutants DIR`: wrong functions of a lab that an instructor keeps to themself. A lab is held to them
 * beside its own, and so is a test that a student chose or wrote: it is worth what it catches.
 */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LabCheck } from '#faas/labs/lab-check.ts';
import { runChecks } from '#faas/labs/run-checks.ts';
import { drawParameters } from '#faas/labs/variant.ts';
import { chosenChecks } from './check-lab.ts';
import { LabBench, PATIENCE_MS, PATIENT } from './lab-bench.ts';
import { checksOf, EXTENSIONS, readCode, readLab, type LabFolder } from './lab-folder.ts';
import { languageOf } from './reader-file.ts';

/** Wrong functions, and the checks that they are held to. */
export interface FurtherOrder {
  /** `<lesson>/<lab>`. */
  readonly id: string;
  /** Where the wrong functions lie: a file each. */
  readonly folder: string;
  /** A file of checks that somebody else wrote. @default the lab's own */
  readonly checks?: string | undefined;
  /** Only checks whose name contains one of these, whatever the case. @default all */
  readonly only?: readonly string[] | undefined;
  /** Draws the variant. @default the values that stand in the code */
  readonly seed?: string | undefined;
  readonly onDone?: ((mutant: FurtherMutant) => void) | undefined;
}

/** What became of one wrong function. */
export interface FurtherMutant {
  /** Its name in the folder. */
  readonly file: string;
  /** Name of the first check that fails it; null when it got away. */
  readonly caughtBy: string | null;
}

/**
 * Runs the checks against each file of the folder, in order of their names. Edges count as well.
 *
 * @throws when there is no such lab, folder or check, when a file is in a language that the lab is not
 *   in, and when the right function fails a check: such a test catches everything and shows nothing
 */
export async function furtherMutants(root: string, order: FurtherOrder): Promise<FurtherMutant[]> {
  const lab = readLab(root, order.id);
  const files = filesOf(lab, order.folder);
  const written =
    order.checks === undefined ? await checksOf(root, lab) : await checksIn(root, order.checks);
  const checks = chosenChecks(written, order.only);
  const values = order.seed === undefined ? null : drawParameters(lab.data.parameters, order.seed);
  const bench = new LabBench(root, PATIENT);
  const failing = async (file: string, text: string): Promise<string | null> => {
    const language = languageOf(file);
    const missing = await bench.missing(language);
    if (missing !== null) throw new Error(missing);
    const made = bench.function(lab, language, text, values);
    const verdicts = await runChecks({ checks, lab: made, limitMs: PATIENCE_MS });
    return verdicts.find(({ passed }) => !passed)?.name ?? null;
  };
  try {
    for (const language of new Set(files.map(languageOf))) {
      const { file, text } = readCode(root, `${lab.folder}/solution${EXTENSIONS[language]}`);
      const wrong = await failing(file, text);
      if (wrong === null) continue;
      throw new Error(
        `The right function fails "${wrong}" (${file}). A test must let it pass: correct that check.`,
      );
    }
    const done: FurtherMutant[] = [];
    for (const file of files) {
      const text = readFileSync(join(order.folder, file), 'utf8');
      const mutant = { file, caughtBy: await failing(file, text) };
      done.push(mutant);
      order.onDone?.(mutant);
    }
    return done;
  } finally {
    bench.close();
  }
}

/** @throws when there is no such folder, when it holds no code, or code in another language */
function filesOf({ id, data }: LabFolder, folder: string): string[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new Error(`${folder} is no folder. Give one with a file for each wrong function.`);
  }
  const files = readdirSync(folder)
    .filter((file) => /\.(ts|py)$/.test(file))
    .sort();
  if (files.length === 0) {
    throw new Error(
      `${folder} holds no file that ends in .ts or .py. Put a file there for each wrong function.`,
    );
  }
  const strange = files.find((file) => !data.language.includes(languageOf(file)));
  if (strange === undefined) return files;
  const can = data.language.join(' and ') || 'no language, since it has no code';
  throw new Error(
    `${join(folder, strange)} is in ${languageOf(strange)}, and ${id} is in ${can}. Take it out.`,
  );
}

/** The list that a file of checks exports. @throws when it cannot be loaded, or has none */
async function checksIn(root: string, given: string): Promise<LabCheck[]> {
  const file = resolve(root, given);
  if (relative(root, file).startsWith('..')) {
    throw new Error(
      `${given} lies outside of this project, and cannot import from it. Copy it here.`,
    );
  }
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new Error(`${given} is not there. Give the path of a file of checks from here.`);
  }
  let list: unknown;
  try {
    list = ((await import(pathToFileURL(file).href)) as { default?: unknown }).default;
  } catch (error) {
    throw new Error(
      `${given} did not load: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
  if (Array.isArray(list) && list.length > 0) return list as LabCheck[];
  throw new Error(`${given} has no list of checks. Write export default [ … ]; as in check.ts.`);
}
