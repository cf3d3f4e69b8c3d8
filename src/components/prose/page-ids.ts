/** Ids for parts of a page that may come several times: the second `fact-T05-01` is `fact-T05-01-2`. */

const counts = new WeakMap<object, Map<string, number>>();

/** @param page anything that lives as long as the rendering of one page: `Astro.locals` */
export function pageId(page: object, name: string): string {
  const known = counts.get(page) ?? new Map<string, number>();
  counts.set(page, known);
  const count = (known.get(name) ?? 0) + 1;
  known.set(name, count);
  return count === 1 ? name : `${name}-${String(count)}`;
}
