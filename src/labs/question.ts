/**
 * `lab question FILE`: five minutes of talk. It picks the mutant that is most like the student's code,
 * among those that fail where the student's code does not, and shows how it fails.
 */

import { runChecks, type CheckVerdict } from '#faas/labs/run-checks.ts';
import { checkLab } from './check-lab.ts';
import { LabBench } from './lab-bench.ts';
import { checksOf, mutantsOf, readCode, readLab, type LabFolder } from './lab-folder.ts';
import { languageOf } from './reader-file.ts';

/** What is talked about. */
export interface LabQuestion {
  readonly lab: LabFolder;
  /** The mutant's check, as it fails. */
  readonly verdict: CheckVerdict;
  /** Lines of the mutant that the student's code does not have. */
  readonly lines: readonly string[];
  /** For whoever asks: what somebody who wrote the mutant believes. */
  readonly says: string;
}

/** @throws when there is no such lab or file, or no mutant fails where the student's code does not */
export async function askAbout(root: string, id: string, file: string): Promise<LabQuestion> {
  const lab = readLab(root, id);
  const language = languageOf(file);
  const verdicts = await checkLab(root, { id, file });
  const held = new Set(verdicts.filter(({ passed }) => passed).map(({ name }) => name));
  const own = linesOf(readCode(root, file).text);
  const [nearest] = [...mutantsOf(root, lab, language)]
    .map(([name, { text }]) => ({ text, about: lab.data.mutants[name] }))
    .filter(({ about }) => about !== undefined && held.has(about.caught))
    .sort((a, b) => likeness(linesOf(b.text), own) - likeness(linesOf(a.text), own));
  if (nearest?.about === undefined) {
    throw new Error(
      `No mutant of ${id} fails where ${file} does not. Let more of its checks pass first.`,
    );
  }
  const { says, caught } = nearest.about;
  const checks = (await checksOf(root, lab)).filter(({ name }) => name === caught);
  const bench = new LabBench(root);
  try {
    const made = bench.function(lab, language, nearest.text);
    const [verdict] = await runChecks({ checks, lab: made });
    if (verdict === undefined || verdict.passed) {
      throw new Error(`The lab does not hold. Run: npm run -s lab -- prove ${id}`);
    }
    const lines = linesOf(nearest.text).filter((line) => !own.includes(line));
    return { lab, verdict, lines, says };
  } finally {
    bench.close();
  }
}

/** Lines with something in them that is code. */
function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(\/\/|\/?\*|#|""")/.test(line));
}

/** Which part of all their lines the two share; from 0 to 1. */
function likeness(one: readonly string[], other: readonly string[]): number {
  const shared = one.filter((line) => other.includes(line)).length;
  return shared / Math.max(1, new Set([...one, ...other]).size);
}
