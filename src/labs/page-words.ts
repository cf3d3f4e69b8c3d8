/** What a terminal says of a lab's page: what stands only there, and where there is help. */

import type { CheckVerdict } from '#faas/labs/run-checks.ts';
import { pageOfLab, type LabFolder } from './lab-folder.ts';

/** Where questions are asked, and where calls can be run in an order; null when neither is to be had. */
export function onPageOnly(lab: LabFolder): string | null {
  const { sortings, amounts, calls } = lab.data;
  const questions = [...sortings, ...amounts].map(({ question }) => `\n  - ${question}`);
  const page = pageOfLab(lab);
  if (questions.length > 0) {
    return `These are asked on its page, ${page}, and not here:${questions.join('')}`;
  }
  return calls?.schedule === undefined
    ? null
    : `Run, and the order in which its calls go on, are on its page, ${page}.`;
}

/** A hint for the first check that fails, or how to get one; null when nothing fails. */
export function helpFor(
  lab: LabFolder,
  verdicts: readonly CheckVerdict[],
  withHint: boolean,
): string | null {
  const failing = verdicts.find(({ passed }) => !passed);
  if (failing === undefined) return null;
  const page = pageOfLab(lab);
  const { hints } = lab.data;
  const hint = hints?.checks[failing.name] ?? hints?.first;
  if (hint === undefined) return `Help is on its page, ${page}.`;
  if (withHint) return `Hint: ${hint}`;
  return `Stuck? The same with --hint gives a hint. More help is on its page, ${page}.`;
}
