/** What is in the folder of functions, read from the disk before any of it runs. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import type { FunctionSpec, Runtime } from '../core/function.ts';
import { readLimits } from './limits.ts';
import { methodsOf } from './methods.ts';

const RUNTIMES: Readonly<Record<string, Runtime>> = {
  '.ts': 'node',
  '.js': 'node',
  '.mjs': 'node',
  '.py': 'python',
};

/**
 * Every function of a project, in the order of their names.
 *
 * @param root folder of the project
 * @param folder the functions' folder in it, which is also the first segment of their URLs
 * @throws when two files would answer one URL, a file holds no handler, or a pattern in vercel.json
 *   is for no file: what Vercel would refuse to deploy
 */
export function scanFunctions(root: string, folder = 'api'): FunctionSpec[] {
  const limits = readLimits(root);
  const specs = functionFiles(root, folder)
    .sort()
    .map((file): FunctionSpec => {
      const source = readFileSync(join(root, file));
      const runtime = RUNTIMES[extension(file)] ?? 'node';
      const route = urlPath(file);
      const about = {
        file,
        runtime,
        methods: methods(file, runtime, source.toString()),
        code: sha256(source),
        ...limits.for(file),
      };
      return { name: route, revision: revisionOf(about), route, ...about };
    });
  refuseSharedUrls(specs);
  if (limits.unused.length > 0) {
    throw new Error(
      `vercel.json: functions["${limits.unused[0]}"] is for no file. Expected a pattern that matches one of ${specs.map((spec) => spec.file).join(', ')}; correct it or take it out.`,
    );
  }
  return specs.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Whether Vercel, and so this platform, would make a function of the file: `api/a/b.ts`. */
export function isFunctionFile(file: string): boolean {
  return extension(file) in RUNTIMES && !/\/[_.]|\.d\.ts$|\/node_modules\//.test(`/${file}`);
}

/**
 * The same file with the same settings is the same revision, on any machine. Code that it imports
 * does not count: a change of that replaces the instances of the revision.
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
    return entry.isFile() && isFunctionFile(path) ? [path] : [];
  });
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

/** `api/a/b.ts` is `/api/a/b`; `index` is its folder. */
function urlPath(file: string): string {
  return `/${file.slice(0, -extension(file).length)}`.replace(/\/index$/, '');
}

function methods(file: string, runtime: Runtime, source: string): string[] {
  const found = methodsOf(runtime, source);
  if (found.length > 0) return found;
  const expected =
    runtime === 'python'
      ? '`class handler(BaseHTTPRequestHandler)` with a method such as `do_GET`'
      : '`export default { fetch(request) { … } }`, or a function exported as GET, POST, …';
  throw new Error(
    `${file} holds no handler. Expected ${expected}. Code that functions share goes into a folder whose name starts with _.`,
  );
}

/** Names are unique without their extension, and `[id]` beside `[name]` could not be told apart. */
function refuseSharedUrls(specs: readonly FunctionSpec[]): void {
  const seen = new Map<string, string>();
  for (const { route, file } of specs) {
    const url = route.replace(/\[[^\]]*\]/g, '[]');
    const other = seen.get(url);
    if (other !== undefined) {
      throw new Error(
        `${other} and ${file} would both answer ${route}. Expected one file for each URL; rename or move one of them (Python lives in api/py/).`,
      );
    }
    seen.set(url, file);
  }
}
