/** Which methods a function answers, read from its file: nothing of it runs before it is called. */

import type { Runtime } from '../core/function.ts';
import { exportsOf, textOf } from './exports.ts';

/** The methods a function may name. A `fetch` handler takes them all. */
export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/**
 * Upper-case names in the order of {@link METHODS}; empty when there is no handler. All of them
 * where the file alone does not tell: the runtime then refuses what the handler lacks.
 *
 * @throws SyntaxError with the line
 */
export function methodsOf(runtime: Runtime, file: string): string[] {
  const names = runtime === 'python' ? pythonMethods(textOf(file)) : exportsOf(file);
  return names.has('default') ? [...METHODS] : METHODS.filter((method) => names.has(method));
}

/** What a class may build on without hiding methods from this file. */
const KNOWN_BASES = /^(?:http\.server\.)?BaseHTTPRequestHandler$/;

const STRING_OR_COMMENT =
  /"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*/g;

/**
 * Only Python itself can read Python, and a machine may have none. So this reads what is plain, a
 * `class handler(BaseHTTPRequestHandler)` with its `do_` methods, and leaves all else to the runtime.
 */
function pythonMethods(source: string): Set<string> {
  const code = source.replace(STRING_OR_COMMENT, '');
  const [, bases] = /^class\s+handler\s*(?:\(([^)]*)\))?\s*:/m.exec(code) ?? [];
  if (bases === undefined) {
    return new Set(/^(?:handler\s*[=:]|.*\bimport\b.*\bhandler\b)/m.test(code) ? ['default'] : []);
  }
  const isPlain = bases.split(',').every((base) => KNOWN_BASES.test(base.trim()));
  if (!isPlain || /^\s*(?:setattr|vars|globals|type)\s*\(|^@/m.test(code))
    return new Set(['default']);
  const named = code.matchAll(/\bdef\s+do_([A-Z]+)\b|^[ \t]+do_([A-Z]+)\s*=/gm);
  return new Set([...named].map(([, defined, assigned]) => defined ?? assigned ?? ''));
}
