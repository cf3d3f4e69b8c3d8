/**
 * Mutants read backwards: each is a way to be nearly right, with a sentence to whoever wrote it. When
 * the checks that fail for a reader are those that fail for a mutant, its sentence is shown.
 */

/** A mutant with what came of each check when the lab was proved. */
export interface ProvedMutant {
  readonly name: string;
  /** What somebody who wrote this believes. */
  readonly says: string;
  /** Names of the checks that fail. Never empty. */
  readonly fails: readonly string[];
}

/** What is known of a submission: the checks that ran, and those of them that failed. */
export interface Failures {
  readonly ran: readonly string[];
  readonly fails: readonly string[];
}

/** The outcome of checks that ran. */
export function failuresOf(
  verdicts: readonly { readonly name: string; readonly passed: boolean }[],
): Failures {
  return {
    ran: verdicts.map(({ name }) => name),
    fails: verdicts.filter(({ passed }) => !passed).map(({ name }) => name),
  };
}

/** The mutants that fail in the same way; none when nothing failed. */
export function misconceptions(
  outcome: Failures,
  mutants: readonly ProvedMutant[],
): ProvedMutant[] {
  if (outcome.fails.length === 0) return [];
  return mutants.filter((mutant) => distance(outcome, mutant) === 0);
}

/** The mutant that differs in the fewest checks, the first of several; null when there is none. */
export function nearestMutant(
  outcome: Failures,
  mutants: readonly ProvedMutant[],
): ProvedMutant | null {
  const [nearest] = mutants
    .map((mutant) => ({ mutant, far: distance(outcome, mutant) }))
    .sort((a, b) => a.far - b.far);
  return nearest?.mutant ?? null;
}

/** In how many of the checks that ran the two differ. */
function distance({ ran, fails }: Failures, mutant: ProvedMutant): number {
  return ran.filter((name) => fails.includes(name) !== mutant.fails.includes(name)).length;
}
