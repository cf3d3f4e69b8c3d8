/** `lab check`: runs a lab's checks against a file, as a real process. */

import { existsSync } from 'node:fs';
import { isAbsolute, join, posix, relative } from 'node:path';
import type { LabCheck } from '#faas/labs/lab-check.ts';
import { runChecks, type CheckVerdict } from '#faas/labs/run-checks.ts';
import { drawParameters } from '#faas/labs/variant.ts';
import { LabBench } from './lab-bench.ts';
import { checksOf, readCode, readLab, type LabFolder, type LabLanguage } from './lab-folder.ts';
import { tellsLoadFault } from './load-fault.ts';
import { languageOf, readerFile } from './reader-file.ts';
import { ownFileOfUsed, solutionsOfUsed, type UsedLabCode } from './used-lab.ts';

/** What is to be checked. */
export interface CheckOrder {
  /** `<lesson>/<lab>`. */
  readonly id: string;
  /** The file to check. @default the reader's own */
  readonly file?: string | undefined;
  /** Only checks whose name contains one of these, whatever the case. @default all */
  readonly only?: readonly string[] | undefined;
  /** Draws the variant. @default the values that stand in the code */
  readonly seed?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((check: LabCheck, verdict: CheckVerdict | null) => void) | undefined;
  /** Is told whose code is imported, for each earlier lab of which some is. */
  readonly onUsed?: ((says: string) => void) | undefined;
}

/** @throws when there is no such lab, file or check, or its language cannot run here */
export async function checkLab(root: string, order: CheckOrder): Promise<CheckVerdict[]> {
  const lab = readLab(root, order.id);
  const file = fileToCheck(root, lab, order.file);
  const language = languageOf(file);
  if (!lab.data.language.includes(language)) throw wrongLanguage(lab, language);
  const checks = chosenChecks(await checksOf(root, lab), order.only);
  const bench = new LabBench(root);
  try {
    const missing = await bench.missing(language);
    if (missing !== null) throw new Error(missing);
    const { seed, signal, onProgress } = order;
    const values = seed === undefined ? null : drawParameters(lab.data.parameters, seed);
    const source = readCode(root, file);
    const folder = posix.dirname(file.replaceAll('\\', '/'));
    const used = await usedCode(root, lab, file, order);
    const made = bench.function(lab, language, source.text, values, used);
    const inWords = tellsLoadFault(source);
    const told = (verdict: CheckVerdict): CheckVerdict => bench.told(inWords(verdict), folder);
    const verdicts = await runChecks({
      checks,
      lab: made,
      ...(signal && { signal }),
      ...(onProgress && {
        onProgress: (check, verdict) => onProgress(check, verdict && told(verdict)),
      }),
    });
    return verdicts.map(told);
  } finally {
    bench.close();
  }
}

/** The code of the labs that the file imports. */
async function usedCode(
  root: string,
  lab: LabFolder,
  file: string,
  order: CheckOrder,
): Promise<UsedLabCode[]> {
  const { text } = readCode(root, file);
  const chosen: UsedLabCode[] = [];
  for (const solution of solutionsOfUsed(root, lab, languageOf(file))) {
    if (importsModule(text, solution.name)) chosen.push(await ownOr(root, solution, file, order));
  }
  return chosen;
}

/** The reader's own code of a used lab where it holds the contract, else the solution. */
async function ownOr(
  root: string,
  solution: UsedLabCode,
  file: string,
  { signal, onUsed }: CheckOrder,
): Promise<UsedLabCode> {
  const folder = posix.dirname(file.replaceAll('\\', '/'));
  const own = ownFileOfUsed(root, solution, languageOf(file), folder);
  if (own === null) {
    onUsed?.(`It imports the course's ${solution.name}.`);
    return solution;
  }
  const verdicts = await checkLab(root, { id: solution.id, file: own, signal });
  const holds = verdicts.every(({ passed, level }) => passed || level === 'edges');
  onUsed?.(
    holds
      ? `It imports your own ${own}.`
      : `It imports the course's ${solution.name}, since ${own} does not hold its contract yet.`,
  );
  return holds ? { ...solution, text: readCode(root, own).text } : solution;
}

/** `import … from './bill.ts'`, `from bill import …`, `import bill`. */
function importsModule(code: string, name: string): boolean {
  return new RegExp(`from ['"]./${name}.ts['"]|^\\s*(from|import) ${name}\\b`, 'm').test(code);
}

/** The file to check, from the project root. @throws when it is not there */
export function fileToCheck(root: string, lab: LabFolder, given: string | undefined): string {
  if (given !== undefined) {
    const file = isAbsolute(given) ? relative(root, given) : given;
    if (existsSync(join(root, file))) return file;
    throw new Error(`${given} is not there. Give the path of a file from here.`);
  }
  const own = lab.data.language
    .map((language) => readerFile(lab, language))
    .filter((file) => existsSync(join(root, file)));
  if (own.length === 1 && own[0] !== undefined) return own[0];
  if (own.length > 1) {
    throw new Error(`There is ${own.join(' and ')}. Say which with --file.`);
  }
  throw new Error(`You have no file of ${lab.id} yet. Run: npm run -s lab -- start ${lab.id}`);
}

/**
 * Those whose name contains one of the texts, whatever the case; all when none is given.
 *
 * @throws when a text is in no name
 */
export function chosenChecks(
  checks: readonly LabCheck[],
  only: readonly string[] | undefined,
): readonly LabCheck[] {
  if (only === undefined) return checks;
  const isIn = (text: string, { name }: LabCheck): boolean =>
    name.toLowerCase().includes(text.toLowerCase());
  const strange = only.find((text) => !checks.some((check) => isIn(text, check)));
  if (strange === undefined)
    return checks.filter((check) => only.some((text) => isIn(text, check)));
  const names = checks.map(({ name }) => `  ${name}`).join('\n');
  throw new Error(`No check has "${strange}" in its name. There are:\n${names}`);
}

function wrongLanguage({ id, data }: LabFolder, language: LabLanguage): Error {
  const can = data.language.join(' and ') || 'no language, since it has no code';
  return new Error(`${id} is in ${can}, and this file is in ${language}.`);
}
