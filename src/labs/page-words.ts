/** What a terminal says of a lab's page: what stands only there, and where there is help. */

import type { CheckVerdict } from '#faas/labs/run-checks.ts';
import { keptOutside } from '#src/attempt/kept-outside.ts';
import { pageOfLab, type LabFolder, type LabSource } from './lab-folder.ts';
import { languageOf } from './reader-file.ts';

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

/** Of a file that passes: what it still keeps outside of the call; null when nothing is to be said. */
export function besidePass({ data }: LabFolder, { file, text }: LabSource): string | null {
  if (data.keptOutside === undefined || languageOf(file) !== 'typescript') return null;
  const variable = keptOutside(text);
  return variable === null ? null : data.keptOutside.replaceAll('{variable}', variable);
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
