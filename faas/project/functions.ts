/** Reads the folder of functions from disk, without running any code in it. */

import { createHash } from 'node:crypto';
import {
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
  type Dirent,
} from 'node:fs';
import { join, relative } from 'node:path';
import type { FunctionSpec, Runtime } from '../core/function.ts';
import { readLimits, type LimitRules } from './limits.ts';
import { KnownMethods } from './known-methods.ts';
import { METHODS } from './methods.ts';

const RUNTIMES: Readonly<Record<string, Runtime>> = {
  '.ts': 'node',
  '.js': 'node',
  '.mjs': 'node',
  '.py': 'python',
};

/** Why a file is not a valid function. */
export interface FunctionMistake {
  /** `api/wrong.ts`, or `vercel.json`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** What came. */
  readonly problem: string;
  /** What was expected, and what to do. */
  readonly cure: string;
  /** Spec to answer with the mistake at the function's URL; null if another function has that URL. */
  readonly spec: FunctionSpec | null;
}

/** A mistake as one line of text, for a terminal. */
export function describeMistake({
  file,
  line,
  problem,
  cure,
}: Omit<FunctionMistake, 'spec'>): string {
  return `${file}${line > 1 ? `:${line}` : ''} ${problem} ${cure}`;
}

/** The content of a functions' folder. */
export interface ProjectFunctions {
  /** Sorted by name. */
  readonly functions: readonly FunctionSpec[];
  /** At most one for each file; the other files still become functions. */
  readonly mistakes: readonly FunctionMistake[];
}

/** What is read of the functions' folder. */
export interface ReadOptions {
  /**
   * Whether the reader's own code is read as well ({@link LAB_FOLDERS}). It is no part of the project,
   * so what is no function there is left out without a word. @default false
   */
  readonly labs?: boolean;
  /** Methods that were read before. @default none */
  readonly known?: KnownMethods;
}

/** Folders of the reader's own code, below that of the functions. Git ignores them. */
export const LAB_FOLDERS = ['lab', 'py/lab'];

/**
 * All functions of a project, and the mistakes in files that are not valid functions.
 *
 * @param root folder of the project
 * @param folder the functions' folder in it, which is also the first segment of their URLs
 * @throws when the folder or vercel.json cannot be read
 */
export function readFunctions(
  root: string,
  folder = 'api',
  { known = new KnownMethods(), labs = false }: ReadOptions = {},
): ProjectFunctions {
  const limits = readLimits(root);
  const mistakes: FunctionMistake[] = [];
  const specs: FunctionSpec[] = [];
  const ofLabs = LAB_FOLDERS.map((name) => `${folder}/${name}/`);
  for (const file of functionFiles(root, folder).sort()) {
    const isOfLab = ofLabs.some((lab) => file.startsWith(lab));
    if (isOfLab && !labs) continue;
    const stray = strayLink(root, file);
    if (stray !== null) {
      mistakes.push(stray);
      continue;
    }
    const read = readFunction(root, file, limits, known);
    if (!('problem' in read)) specs.push(read);
    else if (!isOfLab) mistakes.push(read);
  }
  const { unique, shared } = withoutSharedUrls(specs);
  if (limits.unused.length > 0) {
    mistakes.push({
      file: 'vercel.json',
      line: 1,
      problem: `has functions["${limits.unused[0]}"], which is for no file.`,
      cure: `Expected a pattern that matches one of ${specs.map((spec) => spec.file).join(', ')}; correct it or take it out.`,
      spec: null,
    });
  }
  const functions = unique.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { functions, mistakes: [...mistakes, ...shared] };
}

/**
 * All functions of a project.
 *
 * @throws at the first mistake, which Vercel would refuse to deploy
 */
export function scanFunctions(root: string, folder = 'api'): readonly FunctionSpec[] {
  const { functions, mistakes } = readFunctions(root, folder);
  if (mistakes[0] !== undefined) throw new Error(describeMistake(mistakes[0]));
  return functions;
}

function readFunction(
  root: string,
  file: string,
  limits: LimitRules,
  known: KnownMethods,
): FunctionSpec | FunctionMistake {
  const code = sha256(readFileSync(join(root, file)));
  const runtime = RUNTIMES[extension(file)] ?? 'node';
  const route = urlPath(file);
  const specWith = (methods: readonly string[]): FunctionSpec => {
    const about = { file, runtime, methods, code, ...limits.for(file) };
    return { name: route, revision: revisionOf(about), route, ...about };
  };
  const methods = readMethods(file, runtime, () => known.of(runtime, join(root, file), code));
  return 'problem' in methods ? { ...methods, spec: specWith(METHODS) } : specWith(methods);
}

/**
 * Another revision of a function, whose file is none of its own: it has the name, route and limits of
 * the function.
 */
export function readRevision(
  root: string,
  file: string,
  own: FunctionSpec,
  known: KnownMethods,
): FunctionSpec | FunctionMistake {
  const stray = strayLink(root, file);
  if (stray !== null) return stray;
  const code = sha256(readFileSync(join(root, file)));
  const runtime = RUNTIMES[extension(file)] ?? 'node';
  const methods = readMethods(file, runtime, () => known.of(runtime, join(root, file), code));
  const spec = { ...own, file, runtime, code };
  return 'problem' in methods ? { ...methods, spec } : { ...spec, methods };
}

/** Whether Vercel, and so this platform, makes a function of the file: `api/a/b.ts`. */
export function isFunctionFile(file: string): boolean {
  return extension(file) in RUNTIMES && !/\/[_.]|\.d\.ts$|\/node_modules\//.test(`/${file}`);
}

/**
 * A digest of the file and its settings, equal on every machine. Imported code is not part of it: a
 * change there replaces the instances of the same revision.
 */
function revisionOf(about: Omit<FunctionSpec, 'name' | 'revision' | 'route'>): string {
  return sha256(JSON.stringify(about)).slice(0, 8);
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function functionFiles(root: string, folder: string): string[] {
  return entriesOf(root, folder).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (/^[_.]|^node_modules$/.test(entry.name)) return [];
    if (entry.isDirectory()) return functionFiles(root, path);
    const isFile = entry.isFile() || entry.isSymbolicLink();
    return isFile && isFunctionFile(path) ? [path] : [];
  });
}

/** What is wrong with a file that is a link; null when it leads to a file of the project. */
function strayLink(root: string, file: string): FunctionMistake | null {
  if (!lstatSync(join(root, file)).isSymbolicLink() || isInside(root, file)) return null;
  return {
    file,
    line: 1,
    problem: `is a link to ${readlinkSync(join(root, file))}, which is no file of this project.`,
    cure: 'A deployment would not have it: copy the file into the project, and link to that.',
    spec: null,
  };
}

/** Whether a path, with links resolved, lies in the project. */
function isInside(root: string, path: string): boolean {
  try {
    const real = realpathSync(join(root, path));
    return statSync(real).isFile() && !relative(realpathSync(root), real).startsWith('..');
  } catch {
    return false;
  }
}

function entriesOf(root: string, folder: string): Dirent[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true });
  } catch (error) {
    throw new Error(
      `${join(root, folder)} cannot be read: ${(error as Error).message}. Expected the folder of functions there; create it with one file, such as ${folder}/hello.ts.`,
      { cause: error },
    );
  }
}

function extension(file: string): string {
  return /\.\w+$/.exec(file)?.[0] ?? '';
}

/** `api/a/b.ts` → `/api/a/b`; an `index` file gets its folder's path. */
function urlPath(file: string): string {
  return `/${file.slice(0, -extension(file).length)}`.replace(/\/index$/, '');
}

function readMethods(
  file: string,
  runtime: Runtime,
  find: () => readonly string[],
): readonly string[] | Omit<FunctionMistake, 'spec'> {
  try {
    const found = find();
    return found.length > 0 ? found : noHandler(file, runtime);
  } catch (error) {
    const { message } = error as Error;
    return {
      file,
      line: lineOf(error),
      problem: `cannot be read as code: ${message.replaceAll(/\s+/g, ' ').trim()}.`,
      cure: 'Types must be of the kind that can be erased; correct the line.',
    };
  }
}

function noHandler(file: string, runtime: Runtime): Omit<FunctionMistake, 'spec'> {
  const expected =
    runtime === 'python'
      ? '`class handler(BaseHTTPRequestHandler)` with a method such as `do_GET`'
      : '`export default { fetch(request) { … } }`, or a function exported as GET, POST, …';
  const cure = `Expected ${expected}. Code that functions share goes into a folder whose name starts with _.`;
  return { file, line: 1, problem: 'holds no handler.', cure };
}

/** The line of a parser's error, from 1; 1 where it gives none. */
function lineOf(error: unknown): number {
  const { loc, stack } = error as { loc?: { line?: number }; stack?: string };
  const [, line] = /^:(\d+)\n/.exec(stack ?? '') ?? [];
  return loc?.line ?? Number(line ?? 1);
}

/** Finds files that share a URL: equal names but for the extension, or `[id]` beside `[name]`. */
function withoutSharedUrls(specs: readonly FunctionSpec[]) {
  const seen = new Map<string, FunctionSpec>();
  const shared: FunctionMistake[] = [];
  for (const spec of specs) {
    const url = spec.route.replace(/\[[^\]]*\]/g, '[]');
    const other = seen.get(url);
    if (other === undefined) {
      seen.set(url, spec);
      continue;
    }
    shared.push({
      file: spec.file,
      line: 1,
      problem: `and ${other.file} would both answer ${spec.route}.`,
      cure: 'Expected one file for each URL; rename or move one of them (Python lives in api/py/).',
      spec: null,
    });
  }
  return { unique: [...seen.values()], shared };
}
