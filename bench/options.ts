/** What `npm run bench` can be told. */

import { parseArgs } from 'node:util';
import { allows, expected, fromText, refusal, type Option } from '../faas/core/option.ts';
import type { Effort } from './measure.ts';

export interface Options extends Effort {
  /** Of each peer. Integer ≥ 1. */
  readonly rounds: number;
  /** Ids of the peers that take part. */
  readonly only: readonly string[];
  /** Whether the table of behaviour is made too. */
  readonly behaviour: boolean;
  readonly help: boolean;
}

const FULL = { rounds: 5, warmUpMs: 2_000, loadMs: 4_000, coldStarts: 5 };
const QUICK = { rounds: 2, warmUpMs: 500, loadMs: 1_000, coldStarts: 2 };

const ROUNDS = {
  type: 'number',
  isWhole: true,
  least: 1,
  most: 50,
  otherwise: `${FULL.rounds}, or ${QUICK.rounds} with --quick`,
  meaning: 'rounds of each peer',
} as const satisfies Option;

/** @param ids of all peers @throws when an option is unknown or out of its range */
export function parseOptions(args: readonly string[], ids: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      rounds: { type: 'string' },
      quick: { type: 'boolean' },
      'no-behaviour': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const effort = values.quick === true ? QUICK : FULL;
  const rounds = values.rounds === undefined ? effort.rounds : fromText(ROUNDS, values.rounds);
  if (!allows(ROUNDS, rounds)) throw new Error(refusal('--rounds', ROUNDS, rounds));
  const only = values.only?.split(',').map((id) => id.trim()) ?? ids;
  const unknown = only.filter((id) => !ids.includes(id));
  if (unknown.length > 0) {
    throw new Error(`--only names "${unknown.join(', ')}". Expected some of ${ids.join(', ')}.`);
  }
  return {
    ...effort,
    rounds: Number(rounds),
    only,
    behaviour: values['no-behaviour'] !== true,
    help: values.help === true,
  };
}

export function helpText(ids: readonly string[]): string {
  return `npm run bench -- [options]: measures the local platform beside its peers, and writes bench/RESULTS.md.

  --only a,b        some of ${ids.join(', ')}
  --rounds N        ${ROUNDS.meaning}, ${expected(ROUNDS)}; by default ${ROUNDS.otherwise}
  --quick           ${QUICK.rounds} rounds with short loads: to see that all works, not for figures
  --no-behaviour    figures only
`;
}
