/** Which functions use a file: when it changes, their instances have to be replaced. */

import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import type { FunctionSpec } from '../core/function.ts';

/** `from './x.ts'`, `import './x.ts'`, `import('./x.ts')`; a false match does no harm. */
const RELATIVE_IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*['"](\.{1,2}\/[^'"\n]+)['"]/g;

/**
 * A function uses the files that it imports, directly or indirectly, and those whose name stands in
 * its code or in that of an import: `readFileSync('data/prices.json')`. A name that the code puts
 * together while it runs is not seen.
 *
 * @param changed a file of the project, in the functions' folder or not: `api/_lib/bad-request.ts`
 * @returns the functions that use it, and the function itself if it is one. Python imports name
 *   modules, not files, so a shared Python file affects every Python function.
 */
export function dependents(
  root: string,
  functions: readonly FunctionSpec[],
  changed: string,
): FunctionSpec[] {
  const isFunction = functions.some(({ file }) => file === changed);
  const name = posix.basename(changed);
  let shared: string | undefined;
  return functions.filter(({ file, runtime }) => {
    if (file === changed) return true;
    if (runtime === 'node') return reaches(root, file, changed);
    if (changed.endsWith('.py')) return !isFunction;
    shared ??= sharedPython(root, functions).join('\n');
    return read(root, file).includes(name) || shared.includes(name);
  });
}

function reaches(root: string, from: string, changed: string): boolean {
  const name = posix.basename(changed);
  const reached = new Set([from]);
  for (const file of reached) {
    if (file === changed) return true;
    const source = read(root, file);
    if (source.includes(name)) return true;
    for (const [, path = ''] of source.matchAll(RELATIVE_IMPORT)) {
      reached.add(posix.join(posix.dirname(file), path));
    }
  }
  return false;
}

/** The Python files beside the functions that are none themselves. */
function sharedPython(root: string, functions: readonly FunctionSpec[]): string[] {
  const folders = new Set(functions.map(({ file }) => file.split('/')[0] ?? ''));
  return [...folders]
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        posix.join(folder, file.split(sep).join('/')),
      ),
    )
    .filter((file) => file.endsWith('.py') && !functions.some((spec) => spec.file === file))
    .map((file) => read(root, file));
}

/** A missing file holds nothing. The function's own start reports it. */
function read(root: string, file: string): string {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    return '';
  }
}
