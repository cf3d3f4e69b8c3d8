/**
 * Matches a URL to a route, as Vercel does for its `api/` folder: `[id]` matches any one segment and
 * passes it in the query; a route without dynamic segments wins over one with some.
 *
 * A trailing slash is allowed after a static segment but not after a dynamic one
 * (`createRouteFromPath` in vercel/vercel, packages/fs-detectors). Ambiguous paths (encoded slashes,
 * dots, null bytes, broken encoding) match no route.
 */

/** The route that a path matches. */
export interface RouteMatch {
  /** The route as declared: `/api/items/[id]`. */
  readonly route: string;
  /** Decoded values of the dynamic segments, by name: `{ id: '42' }`. */
  readonly params: Readonly<Record<string, string>>;
}

const NO_PARAMS: RouteMatch['params'] = {};

interface Pattern {
  readonly route: string;
  readonly segments: readonly { readonly text: string; readonly param: string | null }[];
}

/** Matches paths against a set of routes. */
export class Router {
  /** Routes without dynamic segments. */
  readonly #static = new Set<string>();
  /** Routes with dynamic segments, those with fewer first. */
  readonly #dynamic: readonly Pattern[];

  constructor(routes: Iterable<string>) {
    const dynamic: Pattern[] = [];
    for (const route of routes) {
      const pattern = { route, segments: route.slice(1).split('/').map(segmentOf) };
      if (dynamicCount(pattern) > 0) dynamic.push(pattern);
      else this.#static.add(route);
    }
    this.#dynamic = dynamic.sort((a, b) => dynamicCount(a) - dynamicCount(b));
  }

  /**
   * Finds the route of a path; null when there is none.
   * @param pathname as received, still percent-encoded, without query
   */
  find(pathname: string): RouteMatch | null {
    const segments = decodedSegments(pathname);
    if (segments === null) return null;
    const hasTrailingSlash = segments.length > 1 && segments.at(-1) === '';
    if (hasTrailingSlash) segments.pop();
    if (!segments.every(isPlain)) return null;
    const exact = `/${segments.join('/')}`;
    if (this.#static.has(exact)) return { route: exact, params: NO_PARAMS };
    for (const pattern of this.#dynamic) {
      if (hasTrailingSlash && pattern.segments.at(-1)?.param !== null) continue;
      const params = paramsOf(pattern, segments);
      if (params !== null) return { route: pattern.route, params };
    }
    return null;
  }
}

/**
 * The query that a function receives: its dynamic segments replace the caller's parameters of the
 * same name.
 *
 * @param search as received, with its `?`, or empty
 */
export function searchWith(search: string, params: RouteMatch['params']): string {
  const names = Object.keys(params);
  if (names.length === 0) return search;
  const query = new URLSearchParams(search);
  for (const name of names) query.delete(name);
  for (const name of names) query.append(name, params[name] ?? '');
  return `?${query}`;
}

function segmentOf(text: string): Pattern['segments'][number] {
  return { text, param: /^\[(.+)\]$/.exec(text)?.[1] ?? null };
}

function dynamicCount({ segments }: Pattern): number {
  return segments.filter(({ param }) => param !== null).length;
}

function paramsOf({ segments }: Pattern, given: readonly string[]): RouteMatch['params'] | null {
  if (segments.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, { text, param }] of segments.entries()) {
    const value = given[index] ?? '';
    if (param !== null) params[param] = value;
    else if (text !== value) return null;
  }
  return params;
}

/** Splits and decodes a path; null when it is not absolute or badly encoded. */
function decodedSegments(pathname: string): string[] | null {
  if (!pathname.startsWith('/')) return null;
  try {
    return pathname.slice(1).split('/').map(decodeURIComponent);
  } catch {
    return null;
  }
}

/**
 * Whether a segment is unambiguous: not empty, not `.` or `..`, without slashes or control
 * characters. Files that begin with `_` or `.` are not functions, but dynamic values may begin so.
 */
function isPlain(segment: string): boolean {
  return segment !== '' && !/^\.{1,2}$|[/\\]|\p{Cc}/u.test(segment);
}
