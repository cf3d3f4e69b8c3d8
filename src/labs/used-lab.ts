/** The earlier lab whose code a lab imports: `import { bill } from './bill.ts'`, `from bill import bill`. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EXTENSIONS, readCode, readLab, type LabFolder, type LabLanguage } from './lab-folder.ts';

/** The code that is imported. */
export interface UsedLabCode {
  /** Name of the used lab, and of the module. */
  readonly name: string;
  readonly text: string;
}

/** The used lab's solution; null when the lab uses none, or none in this language. */
export function solutionOfUsed(
  root: string,
  { data }: LabFolder,
  language: LabLanguage,
): UsedLabCode | null {
  if (data.uses === undefined) return null;
  const used = readLab(root, data.uses);
  const file = `${used.folder}/solution${EXTENSIONS[language]}`;
  if (!existsSync(join(root, file))) return null;
  return { name: used.lab, text: readCode(root, file).text };
}

/** The reader's file of the used lab, beside the file that imports it; null when it is not there. */
export function ownFileOfUsed(
  root: string,
  { data }: LabFolder,
  language: LabLanguage,
  folder: string,
): string | null {
  if (data.uses === undefined) return null;
  const file = `${folder}/${readLab(root, data.uses).lab}${EXTENSIONS[language]}`;
  return existsSync(join(root, file)) ? file : null;
}
