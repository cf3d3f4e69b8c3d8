/**
 * Mutants read backwards: each is a way to be nearly right, with a sentence to whoever wrote it. When
 * a reader's code fails as a mutant does, its sentence is shown. Code that fails as something does that
 * knows nothing of the lab is told nothing: there is no thought in it to be wrong.
 */

import type { Level } from './lab-check.ts';

/** What a failing check looked at, and what it found. */
export interface FailedDemand {
  /** `the status`. */
  readonly what: string;
  /** Null where `what` says enough; {@link withoutVarying} where it differs from run to run. */
  readonly came: string | null;
}

/** A mutant with what came of each check when the lab was proved. */
export interface ProvedMutant {
  readonly name: string;
  /** What somebody who wrote this believes. */
  readonly says: string;
  /** Names of the checks that fail. Never empty. */
  readonly fails: readonly string[];
  /** Of the first check that fails; null in a proof that does not tell it. */
  readonly finding: FailedDemand | null;
}

/** How wrong code of a lab fails. */
export interface ProvedFailures {
  readonly mutants: readonly ProvedMutant[];
  /** The checks that fail for code which knows nothing of the lab: its start, and stand-ins. */
  readonly blanks: readonly (readonly string[])[];
}

/** What is known of a submission: the checks that ran, and those of them that failed. */
export interface Failures {
  readonly ran: readonly string[];
  readonly fails: readonly string[];
  /** Those of the checks that ran which are no part of the contract. */
  readonly edges: readonly string[];
  /** Of the first check that failed; null when none did. */
  readonly finding: FailedDemand | null;
}

/** An id of 16 digits or more, and a number. */
const VARYING = /[\da-f-]{16,}|\d+(\.\d+)?/gi;

/** What came, with a dot in the place of each id and number: for a text that holds a time or a random id. */
export function withoutVarying(came: string): string {
  return came.replaceAll(VARYING, '·');
}

/** The outcome of checks that ran. */
export function failuresOf(
  verdicts: readonly {
    readonly name: string;
    readonly level: Level;
    readonly passed: boolean;
    readonly undecided: boolean;
    readonly failure: FailedDemand | null;
  }[],
): Failures {
  const decided = verdicts.filter(({ undecided }) => !undecided);
  const failed = decided.filter(({ passed }) => !passed);
  return {
    ran: decided.map(({ name }) => name),
    fails: failed.map(({ name }) => name),
    edges: verdicts.filter(({ level }) => level === 'edges').map(({ name }) => name),
    finding: failed[0]?.failure ?? null,
  };
}

/**
 * The one mutant that fails in the same way: the same checks, the first of them by the same demand. Where
 * none does, the one that fails so but for edges that the code has not come to. Null when there is none,
 * when there are several, and when code fails so that knows nothing of the lab.
 */
export function misconception(
  outcome: Failures,
  { mutants, blanks }: ProvedFailures,
): ProvedMutant | null {
  const { ran, fails } = outcome;
  if (fails.length === 0 || fails.length === ran.length) return null;
  if (blanks.some((blank) => distance(outcome, blank) === 0)) return null;
  const found = mutants.filter((mutant) => isFoundAlike(outcome, mutant));
  const alike = found.filter((mutant) => distance(outcome, mutant.fails) === 0);
  if (alike.length > 0) return onlyOne(alike);
  if (blanks.some((blank) => holdsAsFar(outcome, blank))) return null;
  return onlyOne(found.filter((mutant) => failsFurtherEdges(outcome, mutant)));
}

function onlyOne(mutants: readonly ProvedMutant[]): ProvedMutant | null {
  return mutants.length === 1 ? (mutants[0] ?? null) : null;
}

/** All that the mutant fails, and beside it nothing but edges. */
function failsFurtherEdges({ ran, fails, edges }: Failures, mutant: ProvedMutant): boolean {
  const expected = mutant.fails.filter((name) => ran.includes(name));
  return (
    expected.length > 0 &&
    expected[0] === fails[0] &&
    expected.every((name) => fails.includes(name)) &&
    fails.every((name) => expected.includes(name) || edges.includes(name))
  );
}

/** Fails the same of first light and the contract. */
function holdsAsFar({ ran, fails, edges }: Failures, others: readonly string[]): boolean {
  return ran.every(
    (name) => edges.includes(name) || fails.includes(name) === others.includes(name),
  );
}

/** The mutant that differs in the fewest checks, the first of several; null when there is none. */
export function nearestMutant(
  outcome: Failures,
  mutants: readonly ProvedMutant[],
): ProvedMutant | null {
  const [nearest] = mutants
    .map((mutant) => ({ mutant, far: distance(outcome, mutant.fails) }))
    .sort((a, b) => a.far - b.far);
  return nearest?.mutant ?? null;
}

/** True also where the mutant's first failing check did not run, or nothing is known of it. */
function isFoundAlike({ ran, fails, finding }: Failures, mutant: ProvedMutant): boolean {
  const known = mutant.finding;
  if (known === null || finding === null) return true;
  if (!ran.includes(mutant.fails[0] ?? '') || fails[0] !== mutant.fails[0]) return true;
  if (finding.what !== known.what || known.came === null) return finding.what === known.what;
  const { came } = finding;
  return came === known.came || (came !== null && withoutVarying(came) === known.came);
}

/** In how many of the checks that ran the two differ. */
function distance({ ran, fails }: Failures, others: readonly string[]): number {
  return ran.filter((name) => fails.includes(name) !== others.includes(name)).length;
}
