/** A lab as it lies on the disk: `src/content/labs/<lesson>/<lab>/`. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LabCheck } from '#faas/labs/lab-check.ts';
import { nearest } from '#src/errors/nearest.ts';
import { formatMistakes } from '#src/errors/mistake.ts';
import { readSource } from '#src/authoring/course.ts';
import { readWithSchema } from '#src/authoring/schema-mistakes.ts';
import { YamlSource } from '#src/authoring/yaml-source.ts';
import { labSchema, type LAB_LANGUAGES, type LabData } from '#src/content/schemas.ts';

/** Folder of the labs, from the project root. */
export const LABS = 'src/content/labs';

/** A language that a lab is written in. */
export type LabLanguage = (typeof LAB_LANGUAGES)[number];

/** How the files of a language end. */
export const EXTENSIONS: Readonly<Record<LabLanguage, string>> = {
  typescript: '.ts',
  python: '.py',
};

/** A file of code, or its place. */
export interface LabSource {
  /** From the project root. */
  readonly file: string;
  readonly text: string;
}

/** One lab. */
export interface LabFolder {
  /** `<lesson>/<lab>`. */
  readonly id: string;
  readonly lesson: string;
  /** The last part of its id. */
  readonly lab: string;
  /** From the project root. */
  readonly folder: string;
  readonly data: LabData;
}

/** Its own page, from the site's root. */
export function pageOfLab({ id, lesson, lab }: LabFolder): string {
  return lesson === lab ? `/checkpoints/${lab}/` : `/labs/${id}/`;
}

/** Ids of all labs, in order of their names. */
export function labIds(root: string): string[] {
  if (!existsSync(join(root, LABS))) return [];
  return foldersIn(join(root, LABS)).flatMap((lesson) =>
    foldersIn(join(root, LABS, lesson))
      .filter((lab) => existsSync(join(root, LABS, lesson, lab, 'lab.yaml')))
      .map((lab) => `${lesson}/${lab}`),
  );
}

/** @throws when there is no such lab, or its `lab.yaml` has mistakes */
export function readLab(root: string, id: string): LabFolder {
  const ids = labIds(root);
  if (!ids.includes(id)) {
    const close = nearest(id, ids);
    const cure = close === undefined ? `There are ${ids.join(', ')}.` : `Did you mean ${close}?`;
    throw new Error(`There is no lab ${id}. ${cure}`);
  }
  const folder = `${LABS}/${id}`;
  const yaml = new YamlSource(readSource(root, `${folder}/lab.yaml`));
  const { value, mistakes } = readWithSchema(labSchema, yaml);
  if (value === undefined) throw new Error(formatMistakes(mistakes));
  const [lesson = '', lab = ''] = id.split('/');
  return { id, lesson, lab, folder, data: value };
}

/** @throws when the file is not there */
export function readCode(root: string, file: string): LabSource {
  return { file, text: readFileSync(join(root, file), 'utf8') };
}

/** The mutants of a language, by name. */
export function mutantsOf(
  root: string,
  { folder, data }: LabFolder,
  language: LabLanguage,
): ReadonlyMap<string, LabSource> {
  const found = Object.keys(data.mutants)
    .map((name) => [name, `${folder}/mutants/${name}${EXTENSIONS[language]}`] as const)
    .filter(([, file]) => existsSync(join(root, file)))
    .map(([name, file]) => [name, readCode(root, file)] as const);
  return new Map(found);
}

/** The checks of a lab; none for a lab without code. */
export async function checksOf(root: string, { folder, data }: LabFolder): Promise<LabCheck[]> {
  if (data.language.length === 0) return [];
  const url = pathToFileURL(join(root, folder, 'check.ts')).href;
  const module = (await import(url)) as { default?: unknown };
  if (!Array.isArray(module.default)) {
    throw new Error(`${folder}/check.ts has no list of checks. Write export default [ … ];`);
  }
  return module.default as LabCheck[];
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
