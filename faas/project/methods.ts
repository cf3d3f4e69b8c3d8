/** Finds the methods a function answers by reading its file, without running it. */

import type { Runtime } from '../core/function.ts';
import { exportsOf, textOf } from './exports.ts';

/** The methods a function may export. A `fetch` handler answers all of them. */
export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/**
 * Upper-case names in the order of {@link METHODS}; empty when there is no handler. All methods when
 * the file does not show which: the runtime then refuses those the handler lacks.
 *
 * @param parsed receives every file that says something of them, this one included
 * @throws SyntaxError with the line, when the file is not valid JavaScript or TypeScript
 */
export function methodsOf(
  runtime: Runtime,
  file: string,
  parsed: Set<string> = new Set(),
): readonly string[] {
  const names = runtime === 'python' ? pythonMethods(textOf(file)) : exportsOf(file, parsed);
  return names.has('default') ? [...METHODS] : METHODS.filter((method) => names.has(method));
}

/** The only base class whose methods are known, so that the file shows all the others. */
const KNOWN_BASES = /^(?:http\.server\.)?BaseHTTPRequestHandler$/;

const STRING_OR_COMMENT =
  /"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*/g;

/**
 * Parsing Python properly needs Python, which may not be installed. So this recognises only the plain
 * form, `class handler(BaseHTTPRequestHandler)` with `do_` methods; all else is left to the runtime.
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
