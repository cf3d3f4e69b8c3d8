/** `lab start`: puts a lab's start where the reader works on it, and never over a file of theirs. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { drawParameters, filledIn, withParameters, writtenParameters } from '#faas/labs/variant.ts';
import { EXTENSIONS, readCode, readLab, type LabLanguage } from './lab-folder.ts';
import { readerFile } from './reader-file.ts';

/** What came of it. */
export interface StartedLab {
  /** The reader's file, from the project root. */
  readonly file: string;
  /** False when a file was there already; it is as it was. */
  readonly isNew: boolean;
  readonly title: string;
  /** With what there is to read, in a lab that has exhibits. */
  readonly task: string;
}

/**
 * @param language @default the first that the lab has
 * @param seed draws the variant @default the values that stand in the start
 * @throws when there is no such lab, or it is not in that language, or it has no code
 */
export function startLab(
  root: string,
  id: string,
  language?: LabLanguage,
  seed?: string,
): StartedLab {
  const lab = readLab(root, id);
  const { data, folder } = lab;
  const chosen = language ?? data.language[0];
  if (chosen === undefined) throw new Error(`${id} has no code. Do it in the page.`);
  if (!data.language.includes(chosen)) {
    throw new Error(`${id} is in ${data.language.join(' and ')}, and not in ${chosen}.`);
  }
  const start = readCode(root, `${folder}/start${EXTENSIONS[chosen]}`).text;
  const values =
    seed === undefined ? writtenParameters(start) : drawParameters(data.parameters, seed);
  const file = readerFile(lab, chosen);
  const isNew = put(join(root, file), withParameters(start, values));
  const exhibits = data.exhibits.map(({ title, complaint, trace, bill, source }) =>
    [`${title}: “${complaint}”`, trace, bill, ...(source === undefined ? [] : [source])].join(
      '\n\n',
    ),
  );
  const task = [data.task, ...exhibits].map((text) => text.trim()).join('\n\n');
  return { file, isNew, title: data.title, task: filledIn(task, values) };
}

/** False when the file was there. */
function put(path: string, text: string): boolean {
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
