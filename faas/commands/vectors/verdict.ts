/** What a replay of reference vectors found. */

export interface VectorVerdict {
  readonly cases: number;
  readonly agreeing: number;
  /** The first case that differs, with what was expected and what came; null when all agree. */
  readonly difference: string | null;
}

/** Replays each case by `differenceOf`, which says how it differs, or null when it agrees. */
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

/** One step's difference, in one form for every kind of vector. */
export function describeDifference(where: string, expected: unknown, found: unknown): string {
  return `${where}\n  expected ${JSON.stringify(expected)}\n  found    ${JSON.stringify(found)}`;
}
