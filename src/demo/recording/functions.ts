/** The functions that lessons show and run, read from the disk as the gateway reads them. */

import type { FunctionSpec } from '#faas/core/function.ts';
import { scanFunctions } from '#faas/project/functions.ts';
import { authorError } from '#src/errors/author-error.ts';
import { suggest } from '#src/errors/nearest.ts';

/** A function that a tag names. */
export interface WantedFunction {
  /** Name of the function: `/api/counter`. */
  readonly name: string;
  /** The tag and the attribute that name it: `Demo`, `fn`. */
  readonly tag: string;
  readonly attribute: string;
  /** The lesson's file from the project root; undefined on other pages. */
  readonly file: string | undefined;
}

let scanned: readonly FunctionSpec[] | undefined;

/** @throws with file, line and what exists, when there is no such function */
export function functionNamed({ name, tag, attribute, file }: WantedFunction): FunctionSpec {
  // A build sees one state of the disk; in development the next page may see another.
  const functions = (import.meta.env.PROD && scanned) || scanFunctions(process.cwd());
  scanned = functions;
  const spec = functions.find((one) => one.name === name);
  if (spec) return spec;
  const known = functions.map((one) => one.name);
  const problem = `There is no function "${name}".`;
  const cure = suggest(name, known, 'api/, named by their URL');
  throw authorError({ file, tag, attribute, value: name, problem, cure });
}
