/** Which functions run code from a file: theirs are the instances that a change of it makes old. */

import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { FunctionSpec } from '../core/function.ts';

/** `from './x.ts'`, `import './x.ts'`, `import('./x.ts')`; one too many does no harm. */
const RELATIVE_IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*['"](\.{1,2}\/[^'"\n]+)['"]/g;

/**
 * @param changed a file of the project, `api/_lib/bad-request.ts`
 * @returns the functions that import it, directly or through others, and the one that it is. Python
 *   names modules, not files, so a shared Python file counts for every Python function.
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
    // Gone, or never there: it imports nothing, and running the function says what is wrong.
    return [];
  }
  return [...source.matchAll(RELATIVE_IMPORT)].map(([, path = '']) =>
    posix.join(posix.dirname(file), path),
  );
}
