/** Which lessons of a part the outline names, so that a page does not grow with the course. */

/** Lessons named before and after the current one. */
export const AROUND = 6;

/** What the outline shows of one part. */
export interface Near<L> {
  /** The lessons around the current one; none when it is in another part. */
  readonly near: readonly L[];
  /** How many lessons the part has besides. */
  readonly others: number;
}

/** @param current slug of the lesson that the page shows */
export function nearOf<L extends { readonly slug: string }>(
  lessons: readonly L[],
  current: string,
): Near<L> {
  const at = lessons.findIndex(({ slug }) => slug === current);
  const near = at === -1 ? [] : lessons.slice(Math.max(0, at - AROUND), at + AROUND + 1);
  return { near, others: lessons.length - near.length };
}
