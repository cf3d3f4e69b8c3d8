/**
 * Everything an author wrote, read leniently: an entry with a mistake in one field still has an id,
 * so that one slip does not make every use of it look wrong as well.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'astro/zod';
import type { FunctionSpec } from '../../faas/core/function.ts';
import { readFunctions } from '../../faas/project/functions.ts';
import { slugOf } from '../content/course-list.ts';
import {
  coursePartSchema,
  factSchema,
  glossarySchema,
  labSchema,
  lessonSchema,
  predictionsSchema,
  quizzesSchema,
  resourceSchema,
} from '../content/schemas.ts';
import { readProps, type Prop } from './component-props.ts';
import { MdxSource } from './mdx-source.ts';
import type { Mistake } from '#src/errors/mistake.ts';
import { readWithSchema } from './schema-mistakes.ts';
import { SourceFile } from '#src/errors/source-file.ts';
import { YamlSource } from './yaml-source.ts';

/** Folder of the content, from the project root. */
export const CONTENT = 'src/content';
/** Folder of the components, from the project root. */
export const COMPONENTS = 'src/components';

/** One entry of a list such as the glossary. */
export interface Entry {
  readonly id: string;
  /** As written, whether or not it keeps to the schema. */
  readonly value: Readonly<Record<string, unknown>>;
  /** Its place in the list. */
  readonly index: number;
}

/** A file that is a list of entries. */
export interface List {
  readonly source: YamlSource;
  readonly entries: readonly Entry[];
  readonly ids: readonly string[];
}

/** A file for one lesson: its questions, or what helps with its predictions. */
export interface LessonList extends List {
  /** Slug of the lesson whose file this is. */
  readonly lesson: string;
}

/** One lab as its author wrote it. */
export interface LabFiles {
  /** `<lesson>/<lab>`. */
  readonly id: string;
  readonly lesson: string;
  /** `lab.yaml`. */
  readonly source: YamlSource;
  /** Paths in the lab's folder: `start.ts`, `mutants/counts-units.ts`. */
  readonly files: readonly string[];
  /** The text of `check.ts`; empty when there is none. */
  readonly checks: string;
}

/** One lesson as its author wrote it. */
export interface LessonFile {
  readonly slug: string;
  /** Its place in the course list, from 1; null when it is not in it. */
  readonly number: number | null;
  readonly mdx: MdxSource;
  /** Its frontmatter as written. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** A component that authors can import. */
export interface Component {
  /** As authors import it: `#prose/Term.astro`. */
  readonly specifier: string;
  readonly file: string;
  readonly props: readonly Prop[] | undefined;
}

/** Everything that authors wrote, and what is wrong with reading it. */
export interface Course {
  readonly root: string;
  /** In the order of the course list; those that are not in it stand last. */
  readonly lessons: readonly LessonFile[];
  /** The course list: parts with their lessons. */
  readonly list: List;
  readonly facts: List;
  readonly glossary: List;
  readonly resources: List;
  readonly labs: readonly LabFiles[];
  readonly quizzes: readonly LessonList[];
  readonly predictions: readonly LessonList[];
  readonly functions: readonly FunctionSpec[];
  /** By the path of the file. */
  readonly components: ReadonlyMap<string, Component>;
  /** What keeps parts of it from being read, or breaks a schema. */
  readonly mistakes: readonly Mistake[];
}

/** @param root folder of the project */
export function readCourse(root: string): Course {
  const mistakes: Mistake[] = [];
  const list = (file: string, schema: z.ZodType): List => {
    const { found, entries } = readList(root, file, schema);
    mistakes.push(...found.mistakes);
    return { source: found.source, entries, ids: entries.map(({ id }) => id) };
  };
  const lessonLists = (folder: string, schema: z.ZodType): LessonList[] =>
    filesIn(root, `${CONTENT}/${folder}`, '.yaml').map((file) => ({
      lesson: baseName(file),
      ...list(file, schema),
    }));
  const courseList = list(`${CONTENT}/course.yaml`, coursePartSchema.array());
  const slugs = slugsOf(courseList).map(({ slug }) => slug);
  const lessons = filesIn(root, `${CONTENT}/lessons`, '.mdx')
    .map((file) => readLesson(root, file, slugs))
    .sort((a, b) => (a.number ?? Infinity) - (b.number ?? Infinity));
  mistakes.push(...lessons.flatMap(lessonMistakes));
  const labs = labFolders(root).map((id) => readLabFiles(root, id));
  mistakes.push(...labs.flatMap(({ source }) => readWithSchema(labSchema, source).mistakes));
  return {
    root,
    lessons,
    list: courseList,
    facts: list(`${CONTENT}/facts.json`, factSchema.array()),
    glossary: list(`${CONTENT}/glossary.yaml`, glossarySchema.array()),
    resources: list(`${CONTENT}/resources.yaml`, resourceSchema.array()),
    labs,
    quizzes: lessonLists('quizzes', quizzesSchema),
    predictions: lessonLists('predictions', predictionsSchema),
    functions: functionsOf(root, mistakes),
    components: readComponents(root),
    mistakes,
  };
}

/** @param file from `root`, with forward slashes @throws when it cannot be read */
export function readSource(root: string, file: string): SourceFile {
  // Some editors write a byte order mark.
  return new SourceFile(file, readFileSync(join(root, file), 'utf8').replace(/^\uFEFF/, ''));
}

/** The strings of a list in frontmatter or YAML; what is not a string is the schema's to report. */
export function strings(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === 'string')
    : [];
}

/** A lesson as the course list names it. */
export interface ListedLesson {
  readonly slug: string;
  /** Where it stands in the list. */
  readonly path: readonly PropertyKey[];
  /** Whether the list says its title and summary, so that it need not be written yet. */
  readonly planned: boolean;
}

/** The lessons that the course list names, in its order, each with its path in the list. */
export function slugsOf({ entries }: List): ListedLesson[] {
  return entries.flatMap(({ value, index: part }) => {
    const lessons: unknown[] = Array.isArray(value['lessons']) ? value['lessons'] : [];
    return lessons.flatMap((lesson, index): ListedLesson[] => {
      const path = [part, 'lessons', index];
      if (typeof lesson === 'string') return [{ slug: lesson, path, planned: false }];
      if (!isRecord(lesson) || typeof lesson['slug'] !== 'string') return [];
      return [{ slug: lesson['slug'], path, planned: true }];
    });
  });
}

function readLesson(root: string, file: string, slugs: readonly string[]): LessonFile {
  const mdx = new MdxSource(readSource(root, file));
  const slug = slugOf(file.replace(/^.*\//, ''));
  const place = slugs.indexOf(slug);
  const value = mdx.frontmatter?.value;
  const number = place === -1 ? null : place + 1;
  return { slug, number, mdx, data: isRecord(value) ? value : {} };
}

/** Ids of the folders that hold a `lab.yaml`. */
function labFolders(root: string): string[] {
  const folder = join(root, CONTENT, 'labs');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .flatMap((file) => /^([^/]+\/[^/]+)\/lab\.yaml$/.exec(file)?.[1] ?? [])
    .sort();
}

function readLabFiles(root: string, id: string): LabFiles {
  const folder = `${CONTENT}/labs/${id}`;
  const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, folder).length + 1))
    .map((file) => file.replaceAll('\\', '/'));
  return {
    id,
    lesson: id.slice(0, id.indexOf('/')),
    source: new YamlSource(readSource(root, `${folder}/lab.yaml`)),
    files,
    checks: files.includes('check.ts') ? readSource(root, `${folder}/check.ts`).text : '',
  };
}

function lessonMistakes({ mdx }: LessonFile): readonly Mistake[] {
  if (mdx.frontmatter === undefined) {
    const cure = 'Start the file with `---`, the keys (title, summary, …), and `---` again.';
    return [mdx.file.mistake(0, 'The frontmatter is missing.', cure), ...mdx.mistakes];
  }
  return [...readWithSchema(lessonSchema, mdx.frontmatter).mistakes, ...mdx.mistakes];
}

interface ReadList {
  readonly found: { readonly source: YamlSource; readonly mistakes: readonly Mistake[] };
  readonly entries: readonly Entry[];
}

function readList(root: string, file: string, schema: z.ZodType): ReadList {
  if (!existsSync(join(root, file))) {
    const source = new YamlSource(new SourceFile(file, '[]'));
    const mistake = source.file.mistake(
      0,
      'The file is missing.',
      'Create it; `[]` is an empty list.',
    );
    return { found: { source, mistakes: [mistake] }, entries: [] };
  }
  const source = new YamlSource(readSource(root, file));
  const values = Array.isArray(source.value) ? source.value : [];
  const entries = values.flatMap((value: unknown, index): Entry[] =>
    isRecord(value) && typeof value['id'] === 'string' ? [{ id: value['id'], value, index }] : [],
  );
  return { found: { source, mistakes: readWithSchema(schema, source).mistakes }, entries };
}

function functionsOf(root: string, mistakes: Mistake[]): readonly FunctionSpec[] {
  try {
    const found = readFunctions(root);
    for (const mistake of found.mistakes) {
      mistakes.push({ ...mistake, column: 1, problem: `The file ${mistake.problem}` });
    }
    return found.functions;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const file = /^\S+\.\w+/.exec(problem)?.[0] ?? 'api';
    mistakes.push({ file, line: 1, column: 1, problem, cure: 'The functions cannot be listed.' });
    return [];
  }
}

function readComponents(root: string): Map<string, Component> {
  const files = readdirSync(join(root, COMPONENTS), { recursive: true, encoding: 'utf8' })
    .map((file) => `${COMPONENTS}/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.astro'));
  return new Map(
    files.map((file) => {
      const specifier = `#${file.slice(COMPONENTS.length + 1)}`;
      return [file, { specifier, file, props: readProps(readSource(root, file).text) }];
    }),
  );
}

function filesIn(root: string, folder: string, extension: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith(extension))
    .sort()
    .map((name) => `${folder}/${name}`);
}

function baseName(file: string): string {
  return file.replace(/^.*\//, '').replace(/\.\w+$/, '');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
