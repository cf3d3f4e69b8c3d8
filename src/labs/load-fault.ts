/** Why a file of TypeScript did not load, in the words of the page: with its line, and what to look for. */

import type { CheckVerdict } from '#faas/labs/run-checks.ts';
import { stripFault } from '#src/attempt/javascript.ts';
import type { LabSource } from './lab-folder.ts';
import { languageOf } from './reader-file.ts';

const DID_NOT_LOAD = /(the file did not load: )[^]*/;

/** @returns what says it in each verdict; verdicts of a file that loads stay as they are */
export function tellsLoadFault({ file, text }: LabSource): (verdict: CheckVerdict) => CheckVerdict {
  const fault = languageOf(file) === 'typescript' ? stripFault(text) : null;
  return (verdict) => {
    const { failure } = verdict;
    if (fault === null || failure === null) return verdict;
    const said = `line ${String(fault.line)}: ${fault.message}`;
    const came = failure.came.replace(DID_NOT_LOAD, (_all, start: string) => start + said);
    return { ...verdict, failure: { ...failure, came } };
  };
}
