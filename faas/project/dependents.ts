/** Which functions use a file: when it changes, their instances have to be replaced. */

import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { FunctionSpec } from '../core/function.ts';

/** `from './x.ts'`, `import './x.ts'`, `import('./x.ts')`; a false match does no harm. */
const RELATIVE_IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*['"](\.{1,2}\/[^'"\n]+)['"]/g;

/**
 * @param changed a file of the project, `api/_lib/bad-request.ts`
 * @returns the functions that import it, directly or indirectly, and the function itself if it is
 *   one. Python imports name modules, not files, so a shared Python file affects every Python function.
 */
export function dependents(
  root: string,
  functions: readonly FunctionSpec[],
  changed: string,
): FunctionSpec[] {
  return functions.filter((spec) => {
    if (spec.file === changed) return true;
    if (spec.runtime === 'python') {
      return changed.endsWith('.py') && !functions.some(({ file }) => file === changed);
    }
    return reaches(root, spec.file, changed);
  });
}

function reaches(root: string, from: string, changed: string): boolean {
  const reached = new Set([from]);
  for (const file of reached) {
    for (const imported of importsOf(root, file)) reached.add(imported);
  }
  return reached.has(changed);
}

function importsOf(root: string, file: string): string[] {
  let source: string;
  try {
    source = readFileSync(join(root, file), 'utf8');
  } catch {
    // A missing file imports nothing. The function's own start reports it.
    return [];
  }
  return [...source.matchAll(RELATIVE_IMPORT)].map(([, path = '']) =>
    posix.join(posix.dirname(file), path),
  );
}
