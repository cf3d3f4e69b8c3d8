/** The limits of each function, from the `functions` part of vercel.json, by Vercel's own rules. */

import { readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';

export interface Limits {
  /** Longest time one invocation may take, in seconds, 1–900. @default 10 */
  readonly maxDurationS: number;
  /** Most private memory one instance may hold, in MB, 64–10240. @default 256 */
  readonly memoryMb: number;
}

export const DEFAULT_LIMITS: Limits = { maxDurationS: 10, memoryMb: 256 };

/** One entry of `functions`: the files it is for, and what it sets. */
interface Rule {
  readonly pattern: string;
  readonly limits: Limits;
}

export class LimitRules {
  readonly #rules: readonly Rule[];
  readonly #unused: Set<string>;

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
    this.#unused = new Set(rules.map((rule) => rule.pattern));
  }

  /** The first pattern that matches decides, as on Vercel. @param file `api/items/[id].ts` */
  for(file: string): Limits {
    const matches = this.#rules.filter(({ pattern }) => matchesFile(pattern, file));
    for (const { pattern } of matches) this.#unused.delete(pattern);
    return matches[0]?.limits ?? DEFAULT_LIMITS;
  }

  /** Patterns that no file has asked for yet: Vercel refuses to deploy with one. */
  get unused(): readonly string[] {
    return [...this.#unused];
  }
}

/** @param root folder of the project. Without a vercel.json every function has the defaults. */
export function readLimits(root: string): LimitRules {
  const file = join(root, 'vercel.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return new LimitRules([]);
  }
  return new LimitRules(parse(text));
}

function parse(text: string): Rule[] {
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch (error) {
    throw new Error(`vercel.json is not JSON: ${(error as Error).message}. Correct it there.`, {
      cause: error,
    });
  }
  const functions = (config as { functions?: Record<string, unknown> }).functions ?? {};
  return Object.entries(functions).map(([pattern, settings]) => {
    const { maxDuration, memory } = settings as { maxDuration?: unknown; memory?: unknown };
    const at = (key: string) => `vercel.json: functions["${pattern}"].${key}`;
    return {
      pattern,
      limits: {
        maxDurationS: whole(at('maxDuration'), maxDuration, 1, 900) ?? DEFAULT_LIMITS.maxDurationS,
        memoryMb: whole(at('memory'), memory, 64, 10_240) ?? DEFAULT_LIMITS.memoryMb,
      },
    };
  });
}

function whole(name: string, value: unknown, least: number, most: number): number | undefined {
  if (value === undefined) return undefined;
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) {
    return Number(value);
  }
  throw new Error(
    `${name} is ${JSON.stringify(value)}. Expected a whole number from ${least} to ${most}; correct it or leave it out.`,
  );
}

/** Equality first: in a glob, the `[id]` of a dynamic segment would mean "i or d". */
function matchesFile(pattern: string, file: string): boolean {
  return pattern === file || matchesGlob(file, pattern);
}
