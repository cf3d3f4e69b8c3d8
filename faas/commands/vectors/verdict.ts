/** The result of a replay of reference vectors. */

/** How many cases of a file agree. */
export interface VectorVerdict {
  readonly cases: number;
  readonly agreeing: number;
  /** The first case that differs, with what was expected and what came; null when all agree. */
  readonly difference: string | null;
}

/** Judges all cases by `differenceOf`, which returns a case's difference, or null when it agrees. */
export function judge<C>(
  cases: readonly C[],
  differenceOf: (one: C) => string | null,
): VectorVerdict {
  let agreeing = 0;
  let difference: string | null = null;
  for (const one of cases) {
    const found = differenceOf(one);
    if (found === null) agreeing++;
    else difference ??= found;
  }
  return { cases: cases.length, agreeing, difference };
}

/** The text of a step's difference, the same for all kinds of vectors. */
export function describeDifference(where: string, expected: unknown, found: unknown): string {
  return `${where}\n  expected ${JSON.stringify(expected)}\n  found    ${JSON.stringify(found)}`;
}
