/** Judges what a reader sorted, and numbers that a reader gave: labs without code. */

/** A card, and the box that it belongs to. */
export interface Card {
  readonly id: string;
  readonly belongs: string;
  /** Said at once, wherever it was put. */
  readonly why: string;
}

/** Where each card was put: boxes by card. A card that is not there has not been put anywhere. */
export type Placed = Readonly<Record<string, string>>;

/** Ids of the cards that do not lie where they belong; those not put anywhere are among them. */
export function misplaced(cards: readonly Card[], placed: Placed): string[] {
  return cards.filter(({ id, belongs }) => placed[id] !== belongs).map(({ id }) => id);
}

/** A number that is asked for, with the wrong ones that are expected. */
export interface AskedAmount {
  readonly answer: number;
  /** How far off an answer may be. */
  readonly tolerance: number;
  readonly why: string;
  readonly wrong: readonly { readonly answer: number; readonly says: string }[];
}

/** What is said to a number: why it is right, or what its writer overlooked. */
export function judgeAmount(
  { answer, tolerance, why, wrong }: AskedAmount,
  given: number,
): { readonly isRight: boolean; readonly says: string | null } {
  const isNear = (other: number): boolean => Math.abs(given - other) <= tolerance;
  if (isNear(answer)) return { isRight: true, says: why };
  return { isRight: false, says: wrong.find((one) => isNear(one.answer))?.says ?? null };
}
