/** What differs between two texts, as the one change that makes the second of the first. */

export interface ChangedPart {
  /** Where it begins and ends in the text before, in code units. */
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** @returns null where nothing differs */
export function changedPart(before: string, after: string): ChangedPart | null {
  if (before === after) return null;
  const least = Math.min(before.length, after.length);
  let from = 0;
  while (from < least && before[from] === after[from]) from += 1;
  let same = 0;
  while (same < least - from && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  return { from, to: before.length - same, insert: after.slice(from, after.length - same) };
}
