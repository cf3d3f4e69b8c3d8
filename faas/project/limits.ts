/** The limits of each function, from `functions` in vercel.json, by Vercel's rules. */

import { readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { readOptions, settle, type Given, type OptionTable } from '../core/option.ts';

/** The limits of one function. `maxDurationS` is 1 to 900; `memoryMb` is 64 to 10,240, in 10^6 bytes. */
export interface Limits {
  readonly maxDurationS: number;
  readonly memoryMb: number;
}

/** Under their names in vercel.json. */
const LIMIT_OPTIONS = {
  maxDuration: {
    type: 'number',
    unit: 's',
    isWhole: true,
    least: 1,
    most: 900,
    default: 10,
    meaning: 'longest time one call may take',
  },
  memory: {
    type: 'number',
    unit: 'MB',
    isWhole: true,
    least: 64,
    most: 10_240,
    default: 256,
    meaning: 'most private memory one instance may hold',
  },
} as const satisfies OptionTable;

const DEFAULT_LIMITS = limitsOf({});

/** One entry of `functions`: a pattern for files, and their limits. */
interface Rule {
  readonly pattern: string;
  readonly limits: Limits;
}

/** The entries of `functions` in vercel.json, in their order. */
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

  /** Patterns that have matched no file so far. Vercel refuses to deploy with one of these. */
  get unused(): readonly string[] {
    return [...this.#unused];
  }
}

/** @param root folder of the project. Without a vercel.json all functions get the defaults. */
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
    const at = `vercel.json: functions["${pattern}"]`;
    const given = readOptions(
      LIMIT_OPTIONS,
      { maxDuration, memory },
      { of: at, subject: (name) => `${at}.${name}` },
    );
    return { pattern, limits: limitsOf(given) };
  });
}

function limitsOf(given: Given<typeof LIMIT_OPTIONS>): Limits {
  const { maxDuration, memory } = settle('vercel.json', LIMIT_OPTIONS, given);
  return { maxDurationS: maxDuration, memoryMb: memory };
}

/** Tests equality first, because as a glob the `[id]` of a dynamic segment means "i or d". */
function matchesFile(pattern: string, file: string): boolean {
  return pattern === file || matchesGlob(file, pattern);
}
