/** The reader's own file of a lab: `api/lab/<lab>.ts`, `api/py/lab/<lab>.py`. Git ignores both. */

import { EXTENSIONS, type LabFolder, type LabLanguage } from './lab-folder.ts';

/** Where the reader's code lies, from the project root. */
export function readerFile({ lab }: Pick<LabFolder, 'lab'>, language: LabLanguage): string {
  const folder = language === 'python' ? 'api/py/lab' : 'api/lab';
  return `${folder}/${lab}${EXTENSIONS[language]}`;
}

/** The language of a file, by its ending. @throws when it is neither */
export function languageOf(file: string): LabLanguage {
  if (file.endsWith('.py')) return 'python';
  if (/\.m?[tj]s$/.test(file)) return 'typescript';
  throw new Error(`${file} is neither TypeScript nor Python. Give a file that ends in .ts or .py.`);
}
