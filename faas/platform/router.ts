/**
 * Which function answers a URL, as Vercel routes its `api/` folder: one function, one path; `[id]`
 * takes any one segment and hands it over in the query; a path that names its function exactly wins
 * over one with a dynamic segment.
 *
 * A trailing slash is tolerated after the function's own name and not after a dynamic segment
 * (`createRouteFromPath` in vercel/vercel, packages/fs-detectors). Paths that could mean two things
 * to two readers (encoded slashes, dots, null bytes, broken encoding) are no function's path.
 */

import type { FunctionSpec } from '../core/function.ts';

export interface Match {
  readonly spec: FunctionSpec;
  /** Decoded values of the dynamic segments, by name: `{ id: '42' }`. */
  readonly params: Readonly<Record<string, string>>;
}

export type Miss =
  | { readonly code: 'function-not-found' }
  /** `allow`: the methods that the function at this path does answer. */
  | { readonly code: 'method-not-allowed'; readonly allow: readonly string[] };

const NOT_FOUND: Miss = { code: 'function-not-found' };
const NO_PARAMS: Match['params'] = {};

interface Pattern {
  readonly spec: FunctionSpec;
  readonly segments: readonly { readonly text: string; readonly param: string | null }[];
}

export class Router {
  readonly #static = new Map<string, FunctionSpec>();
  /** Those with fewer dynamic segments first. */
  readonly #dynamic: readonly Pattern[];

  constructor(functions: Iterable<FunctionSpec>) {
    const dynamic: Pattern[] = [];
    for (const spec of functions) {
      const pattern = { spec, segments: spec.path.slice(1).split('/').map(segmentOf) };
      if (dynamicCount(pattern) > 0) dynamic.push(pattern);
      else this.#static.set(spec.path, spec);
    }
    this.#dynamic = dynamic.sort((a, b) => dynamicCount(a) - dynamicCount(b));
  }

  /** @param pathname as it came, still percent-encoded, without query */
  route(method: string, pathname: string): Match | Miss {
    const match = this.#find(pathname);
    if (match === null) return NOT_FOUND;
    const { methods } = match.spec;
    return methods.includes(method) ? match : { code: 'method-not-allowed', allow: methods };
  }

  #find(pathname: string): Match | null {
    const segments = decodedSegments(pathname);
    if (segments === null) return null;
    const hasTrailingSlash = segments.length > 1 && segments.at(-1) === '';
    if (hasTrailingSlash) segments.pop();
    if (!segments.every(isRoutable)) return null;
    const spec = this.#static.get(`/${segments.join('/')}`);
    if (spec !== undefined) return { spec, params: NO_PARAMS };
    for (const pattern of this.#dynamic) {
      if (hasTrailingSlash && pattern.segments.at(-1)?.param !== null) continue;
      const params = paramsOf(pattern, segments);
      if (params !== null) return { spec: pattern.spec, params };
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
export function searchWith(search: string, params: Match['params']): string {
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

function paramsOf({ segments }: Pattern, given: readonly string[]): Match['params'] | null {
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

/** Not empty, not hidden (`_` and `.` cover `..` too), no second path or control character inside. */
function isRoutable(segment: string): boolean {
  return segment !== '' && !/^[_.]|[/\\]|\p{Cc}/u.test(segment);
}
