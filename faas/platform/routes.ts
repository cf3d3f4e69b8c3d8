/**
 * Resolves a call to a revision: its URL matches a route, and the route shares its calls among the
 * revisions of a function. A canary release is a change of two weights.
 */

import { revisionKey, type FunctionSpec } from '../core/function.ts';
import { Split, type RouteSplit, type RouteSplits, type SplitBy } from '../core/rules/split.ts';
import { Router, type RouteMatch } from './router.ts';

/** What tells where a call of a shared route goes. Each is asked for only where it decides. */
export interface Chooser {
  /** The tag that the call asks for; null for none. */
  readonly tag: () => string | null;
  /** The same text for each call of a caller. */
  readonly caller: () => string;
  /** A number in [0, 1), another one for each call. */
  readonly draw: () => number;
}

/** The revision that a call goes to. */
export interface Destination {
  readonly spec: FunctionSpec;
  /** Decoded values of the dynamic segments, by name: `{ id: '42' }`. */
  readonly params: RouteMatch['params'];
  /** How the route is shared; null where it has one revision. */
  readonly by: SplitBy | null;
}

/** Why a call has no destination. */
export type Miss =
  /** `tags`: those of the route, where the call asked for another. */
  | { readonly code: 'function-not-found'; readonly tags?: readonly string[] }
  /** `allow`: the methods that the function on this route answers. */
  | {
      readonly code: 'method-not-allowed';
      readonly allow: readonly string[];
      readonly spec: FunctionSpec;
    };

/** The revisions of a route, and how it is shared among them. */
interface Shared {
  readonly specs: ReadonlyMap<string, FunctionSpec>;
  readonly by: SplitBy;
  readonly split: Split;
  readonly tags: ReadonlyMap<string, FunctionSpec>;
}

const ALL = 100;

/** Maps method and path to a revision. */
export class Routes {
  readonly #router: Router;
  /** Of a route with one revision, that one. */
  readonly #routes = new Map<string, FunctionSpec | Shared>();

  /**
   * @param functions all revisions
   * @param splits required for routes with more than one revision
   * @throws RangeError when a revision occurs twice, a route leads to two functions, or a route's
   *   weights are not of its revisions or do not add up to 100
   */
  constructor(functions: readonly FunctionSpec[], splits: RouteSplits = {}) {
    refuseTwins(functions);
    const byRoute = Map.groupBy(functions, ({ route }) => route);
    for (const [route, specs] of byRoute) {
      refuseStrangers(route, specs);
      this.#routes.set(route, sharedAmong(route, specs, splits[route]));
    }
    const unknown = Object.keys(splits).find((route) => !byRoute.has(route));
    if (unknown !== undefined) {
      throw new RangeError(
        `Weights are for the route ${unknown}, and no function has it. Expected one of ${[...byRoute.keys()].join(', ')}.`,
      );
    }
    this.#router = new Router(byRoute.keys());
  }

  /** Every route, in the order of the functions. */
  get all(): string[] {
    return [...this.#routes.keys()];
  }

  /**
   * Resolves a call to a revision, or says why there is none.
   *
   * @param pathname as received, still percent-encoded, without query
   */
  destination(method: string, pathname: string, chooser: Chooser): Destination | Miss {
    const match = this.#router.find(pathname);
    const found = match === null ? undefined : this.#routes.get(match.route);
    if (match === null || found === undefined) return { code: 'function-not-found' };
    const isShared = 'split' in found;
    const spec = isShared ? choose(found, chooser) : found;
    if (spec === null) {
      return { code: 'function-not-found', tags: isShared ? [...found.tags.keys()] : [] };
    }
    const { methods } = spec;
    if (!methods.includes(method)) return { code: 'method-not-allowed', allow: methods, spec };
    return { spec, params: match.params, by: isShared ? found.by : null };
  }
}

/** Null when the call asks for a tag that there is not. */
function choose(
  { specs, by, split, tags }: Shared,
  { tag, caller, draw }: Chooser,
): FunctionSpec | null {
  const asked = tag();
  if (asked !== null) return tags.get(asked) ?? null;
  return specs.get(by === 'caller' ? split.ofCaller(caller()) : split.ofDraw(draw())) ?? null;
}

function refuseTwins(functions: readonly FunctionSpec[]): void {
  const seen = new Set<string>();
  for (const spec of functions) {
    const key = revisionKey(spec);
    if (seen.has(key)) {
      throw new RangeError(
        `${spec.name} has two revisions called ${spec.revision}. Expected each to have a name of its own.`,
      );
    }
    seen.add(key);
  }
}

/** Throws unless all specs of a route are revisions of one function. */
function refuseStrangers(route: string, specs: readonly FunctionSpec[]): void {
  const names = [...new Set(specs.map(({ name }) => name))];
  if (names.length === 1) return;
  throw new RangeError(
    `The route ${route} leads to ${names.join(' and ')}. Expected revisions of one function; give the other a route of its own.`,
  );
}

function sharedAmong(
  route: string,
  specs: readonly FunctionSpec[],
  given: RouteSplit | undefined,
): FunctionSpec | Shared {
  const [only] = specs;
  if (given === undefined && only !== undefined && specs.length === 1) return only;
  const known = specs.map(({ revision }) => revision).join(', ');
  if (given === undefined) {
    throw new RangeError(
      `The route ${route} has the revisions ${known}, and no weights. Expected percents that add up to ${ALL}.`,
    );
  }
  const { by = 'caller', revisions } = given;
  const tags = new Map<string, FunctionSpec>();
  for (const { revision, weight, tag } of revisions) {
    const spec = specs.find((one) => one.revision === revision);
    if (spec === undefined) {
      throw new RangeError(
        `A weight of the route ${route} is for the revision ${revision}. Expected one of ${known}.`,
      );
    }
    if (!Number.isInteger(weight) || weight < 0 || weight > ALL) {
      throw new RangeError(
        `The weight of ${revision} on the route ${route} is ${weight}. Expected a whole number from 0 to ${ALL}.`,
      );
    }
    if (tag === undefined) continue;
    if (tags.has(tag)) {
      throw new RangeError(
        `Two revisions of the route ${route} have the tag ${tag}. Expected one.`,
      );
    }
    tags.set(tag, spec);
  }
  const sum = revisions.reduce((all, { weight }) => all + weight, 0);
  if (sum !== ALL) {
    throw new RangeError(
      `The weights of the route ${route} add up to ${sum}. Expected ${ALL}: all of its calls.`,
    );
  }
  if (new Set(revisions.map(({ revision }) => revision)).size !== revisions.length) {
    throw new RangeError(
      `A revision of the route ${route} has two weights. Expected one for each.`,
    );
  }
  const byRevision = new Map(specs.map((spec) => [spec.revision, spec]));
  return { specs: byRevision, by, split: new Split(route, revisions), tags };
}
