/** The limits of each function, from the `functions` part of vercel.json, by Vercel's own rules. */

import { readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { readOptions, settle, type Given, type OptionTable } from '../core/option.ts';

export interface Limits {
  readonly maxDurationS: number;
  readonly memoryMb: number;
}

/** As vercel.json calls them. */
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

/** Equality first: in a glob, the `[id]` of a dynamic segment would mean "i or d". */
function matchesFile(pattern: string, file: string): boolean {
  return pattern === file || matchesGlob(file, pattern);
}
