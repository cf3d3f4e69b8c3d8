/** The URL of a call. */

/** `/api/hello?name=Ada`. Empty values of the query are left out; a path may bring a query of its own. */
export function addressOf(path: string, query: Readonly<Record<string, string>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== '');
  const joint = path.includes('?') ? '&' : '?';
  return given.length === 0 ? path : `${path}${joint}${String(new URLSearchParams(given))}`;
}

/** The same values in the segments of another function: `/api/items/42` in `/api/py/items/[id]`. */
export function samePlace(path: string, url: string, other: string): string {
  const pattern = path.replace(/[.*+?^${}()|\\]/g, '\\$&').replace(/\[[^\]]+\]/g, '([^/]+)');
  const values = new RegExp(`^${pattern}$`).exec(url)?.slice(1) ?? [];
  return other.replace(/\[[^\]]+\]/g, (segment) => values.shift() ?? segment);
}
