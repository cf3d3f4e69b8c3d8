/** What a submission looks like: the sentence of a mutant that fails in the same way. */

import { failuresOf, misconception } from '#faas/labs/misconception.ts';
import type { CheckVerdict } from '#faas/labs/run-checks.ts';
import type { LabFolder, LabLanguage } from './lab-folder.ts';
import { provedFailures } from './proof.ts';

/** The sentence to show; null when there is none. See `misconception`. */
export function looksLike(
  root: string,
  lab: LabFolder,
  language: LabLanguage,
  verdicts: readonly CheckVerdict[],
): string | null {
  const proved = provedFailures(root, lab, language);
  return misconception(failuresOf(verdicts), proved)?.says ?? null;
}
