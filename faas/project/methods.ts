/** Which methods a function answers, read from its source: nothing of it runs before it is called. */

import type { Runtime } from '../core/function.ts';

/** The methods a function may name. A `fetch` handler takes them all. */
export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

const DEFAULT_EXPORT = /^export\s+default\b/m;
const NAMED_EXPORT = /^export\s+(?:async\s+)?(?:function\*?|const|let)\s+(\w+)/gm;
const EXPORT_LIST = /^export\s*\{([^}]*)\}/gm;
const PYTHON_METHOD = /^[ \t]+(?:async\s+)?def\s+do_([A-Z]+)\s*\(/gm;

/** @returns upper-case names in the order of {@link METHODS}; empty when there is no handler */
export function methodsOf(runtime: Runtime, source: string): string[] {
  const names = runtime === 'python' ? pythonNames(source) : exportedNames(source);
  return names.has('default') ? [...METHODS] : METHODS.filter((method) => names.has(method));
}

function exportedNames(source: string): Set<string> {
  const names = new Set<string>();
  if (DEFAULT_EXPORT.test(source)) names.add('default');
  for (const [, name] of source.matchAll(NAMED_EXPORT)) if (name !== undefined) names.add(name);
  for (const [, list] of source.matchAll(EXPORT_LIST)) {
    for (const item of (list ?? '').split(',')) names.add(item.trim().split(/\s+/).at(-1) ?? '');
  }
  return names;
}

function pythonNames(source: string): Set<string> {
  return new Set([...source.matchAll(PYTHON_METHOD)].map(([, name]) => name ?? ''));
}
