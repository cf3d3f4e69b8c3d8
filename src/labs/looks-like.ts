/** What a submission looks like: the sentence of a mutant that fails in the same way. */

import { failuresOf, misconceptions, type ProvedMutant } from '#faas/labs/misconception.ts';
import type { CheckVerdict } from '#faas/labs/run-checks.ts';
import type { LabFolder, LabLanguage } from './lab-folder.ts';
import { readProof } from './proof.ts';

/** The lab's mutants in a language, as they were proved; none before the lab is proved. */
export function provedMutants(root: string, lab: LabFolder, language: LabLanguage): ProvedMutant[] {
  return Object.entries(readProof(root, lab)?.mutants ?? {}).flatMap(([name, by]) => {
    const fails = by[language];
    const says = lab.data.mutants[name]?.says;
    return fails === undefined || says === undefined ? [] : [{ name, says, fails }];
  });
}

/** The sentence to show; null when no mutant, or more than one, fails in the same way. */
export function looksLike(
  root: string,
  lab: LabFolder,
  language: LabLanguage,
  verdicts: readonly CheckVerdict[],
): string | null {
  const found = misconceptions(failuresOf(verdicts), provedMutants(root, lab, language));
  return found.length === 1 ? (found[0]?.says ?? null) : null;
}
