/**
 * Which route a URL is on, as Vercel routes its `api/` folder: `[id]` takes any one segment and
 * hands it over in the query; a route without dynamic segments wins over one that has some.
 *
 * A trailing slash is tolerated after a route's own name and not after a dynamic segment
 * (`createRouteFromPath` in vercel/vercel, packages/fs-detectors). Paths that two readers could
 * understand differently (encoded slashes, dots, null bytes, broken encoding) are on no route.
 */

export interface RouteMatch {
  /** The route as it was given: `/api/items/[id]`. */
  readonly route: string;
  /** Decoded values of the dynamic segments, by name: `{ id: '42' }`. */
  readonly params: Readonly<Record<string, string>>;
}

const NO_PARAMS: RouteMatch['params'] = {};

interface Pattern {
  readonly route: string;
  readonly segments: readonly { readonly text: string; readonly param: string | null }[];
}

export class Router {
  /** Routes without dynamic segments. */
  readonly #static = new Set<string>();
  /** Those with fewer dynamic segments first. */
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
   * Null when no route has this path.
   * @param pathname as it came, still percent-encoded, without query
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
 * The query a function sees: its dynamic segments are in it, in place of any of the same name that
 * the caller sent.
 *
 * @param search as it came, with its `?`, or empty
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

/** Null for what is no absolute path, or is badly encoded. */
function decodedSegments(pathname: string): string[] | null {
  if (!pathname.startsWith('/')) return null;
  try {
    return pathname.slice(1).split('/').map(decodeURIComponent);
  } catch {
    return null;
  }
}

/**
 * Not empty, no step up or in place, no second path or control character inside. A file whose name
 * begins with `_` or `.` is no function, but a value of a dynamic segment may begin so.
 */
function isPlain(segment: string): boolean {
  return segment !== '' && !/^\.{1,2}$|[/\\]|\p{Cc}/u.test(segment);
}
