/** Reads the revisions of functions that `api/_platform.json` declares beside their own files. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionSpec } from '../core/function.ts';
import type { RouteSplits } from '../core/rules/split.ts';
import { readRevision, type FunctionMistake } from './functions.ts';
import type { KnownMethods } from './known-methods.ts';
import type { PlatformFile } from './platform-file.ts';

/** All revisions of all functions. */
export interface ProjectRevisions {
  /** The revisions of a function stand together, in the order of the file. */
  readonly functions: readonly FunctionSpec[];
  readonly splits: RouteSplits;
  /** In files of revisions. Each has a spec, which answers with the mistake. */
  readonly mistakes: readonly FunctionMistake[];
}

/**
 * @param functions as `readFunctions` gives them
 * @param declared a route that no function has is left out
 */
export function readRevisions(
  root: string,
  functions: readonly FunctionSpec[],
  declared: PlatformFile['revisions'],
  known: KnownMethods,
): ProjectRevisions {
  const mistakes: FunctionMistake[] = [];
  const splits: Record<string, RouteSplits[string]> = {};
  const all = functions.flatMap((own): FunctionSpec[] => {
    const shared = Object.hasOwn(declared, own.route) ? declared[own.route] : undefined;
    if (shared === undefined) return [own];
    const { by = 'caller', shares } = shared;
    splits[own.route] = {
      by,
      revisions: shares.map(({ revision, weight, tag }) => ({
        revision,
        weight,
        ...(tag !== undefined && { tag }),
      })),
    };
    return shares.map(({ revision, file }) => {
      if (file === undefined) return { ...own, revision };
      const read = existsSync(join(root, file))
        ? readRevision(root, file, own, known)
        : notThere(file, own);
      if (!('problem' in read)) return { ...read, revision };
      const spec = { ...(read.spec ?? own), file, revision };
      mistakes.push({ ...read, spec });
      return spec;
    });
  });
  return { functions: all, splits, mistakes };
}

function notThere(file: string, own: FunctionSpec): FunctionMistake {
  return {
    file,
    line: 1,
    problem: 'is not there.',
    cure: `Write it, or take its revision of ${own.route} out of api/_platform.json.`,
    spec: { ...own, code: '' },
  };
}
