/** The earlier labs whose code a lab imports: `import { bill } from './bill.ts'`, `from bill import bill`. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EXTENSIONS, readCode, readLab, type LabFolder, type LabLanguage } from './lab-folder.ts';

/** The code of one of them. */
export interface UsedLabCode {
  /** Of the used lab: `pay-per-execution/bill`. */
  readonly id: string;
  /** Name of the used lab, and of the module. */
  readonly name: string;
  readonly text: string;
}

/** The solutions of the used labs, as far as they are in this language. */
export function solutionsOfUsed(
  root: string,
  { data }: LabFolder,
  language: LabLanguage,
): UsedLabCode[] {
  return data.uses.flatMap((id) => {
    const { folder, lab } = readLab(root, id);
    const file = `${folder}/solution${EXTENSIONS[language]}`;
    return existsSync(join(root, file)) ? { id, name: lab, text: readCode(root, file).text } : [];
  });
}

/** The reader's file of a used lab, beside the file that imports it; null when it is not there. */
export function ownFileOfUsed(
  root: string,
  { name }: UsedLabCode,
  language: LabLanguage,
  folder: string,
): string | null {
  const file = `${folder}/${name}${EXTENSIONS[language]}`;
  return existsSync(join(root, file)) ? file : null;
}
