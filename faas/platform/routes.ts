/**
 * Resolves a call to a revision: its URL matches a route, and the route splits its calls among the
 * revisions of a function by weight. A canary release is a change of two weights.
 */

import { revisionKey, type FunctionSpec } from '../core/function.ts';
import { Router, type RouteMatch } from './router.ts';

/** A revision and its share of a route's calls. */
export interface WeightedRevision {
  readonly revision: string;
  /** Percent of the route's calls. Integer from 0 to 100; a route's weights add up to 100. */
  readonly weight: number;
}

/** Weights by route: `{ '/api/hello': [{ revision: 'a', weight: 90 }, { revision: 'b', weight: 10 }] }`. */
export type RouteWeights = Readonly<Record<string, readonly WeightedRevision[]>>;

/** The revision that a call goes to. */
export interface Destination {
  readonly spec: FunctionSpec;
  /** Decoded values of the dynamic segments, by name: `{ id: '42' }`. */
  readonly params: RouteMatch['params'];
}

/** Why a call has no destination. */
export type Miss =
  | { readonly code: 'function-not-found' }
  /** `allow`: the methods that the function on this route answers. */
  | {
      readonly code: 'method-not-allowed';
      readonly allow: readonly string[];
      readonly spec: FunctionSpec;
    };

/** One revision's share of a route. */
interface Share {
  readonly spec: FunctionSpec;
  readonly weight: number;
}

const ALL = 100;

/** Maps method and path to a revision. */
export class Routes {
  readonly #router: Router;
  readonly #shares = new Map<string, readonly Share[]>();

  /**
   * @param functions all revisions
   * @param weights required for routes with more than one revision
   * @throws RangeError when a revision occurs twice, a route leads to two functions, or a route's
   *   weights do not cover exactly its revisions and add up to 100
   */
  constructor(functions: readonly FunctionSpec[], weights: RouteWeights = {}) {
    refuseTwins(functions);
    const byRoute = Map.groupBy(functions, ({ route }) => route);
    for (const [route, specs] of byRoute) {
      refuseStrangers(route, specs);
      this.#shares.set(route, sharesOf(route, specs, weights[route]));
    }
    const unknown = Object.keys(weights).find((route) => !byRoute.has(route));
    if (unknown !== undefined) {
      throw new RangeError(
        `Weights are for the route ${unknown}, and no function has it. Expected one of ${[...byRoute.keys()].join(', ')}.`,
      );
    }
    this.#router = new Router(byRoute.keys());
  }

  /** Every route, in the order of the functions. */
  get all(): string[] {
    return [...this.#shares.keys()];
  }

  /**
   * Resolves a call to a revision, or says why there is none.
   *
   * @param pathname as received, still percent-encoded, without query
   * @param draw returns a number in [0, 1) that chooses the revision; equal draws choose the same
   */
  destination(method: string, pathname: string, draw: () => number): Destination | Miss {
    const match = this.#router.find(pathname);
    if (match === null) return { code: 'function-not-found' };
    const spec = this.#choose(match.route, draw);
    const { methods } = spec;
    if (!methods.includes(method)) return { code: 'method-not-allowed', allow: methods, spec };
    return { spec, params: match.params };
  }

  #choose(route: string, draw: () => number): FunctionSpec {
    const shares = this.#shares.get(route) ?? [];
    const [only] = shares;
    if (only === undefined) throw new RangeError(`${route} is no route`);
    if (shares.length === 1) return only.spec;
    const drawn = draw() * ALL;
    let upTo = 0;
    const chosen = shares.find(({ weight }) => drawn < (upTo += weight));
    if (chosen !== undefined) return chosen.spec;
    throw new RangeError(`A draw is from 0 up to and without 1; ${drawn / ALL} came.`);
  }
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

function sharesOf(
  route: string,
  specs: readonly FunctionSpec[],
  weights: readonly WeightedRevision[] | undefined,
): readonly Share[] {
  const [only] = specs;
  if (weights === undefined && only !== undefined && specs.length === 1) {
    return [{ spec: only, weight: ALL }];
  }
  const known = specs.map(({ revision }) => revision).join(', ');
  if (weights === undefined) {
    throw new RangeError(
      `The route ${route} has the revisions ${known}, and no weights. Expected percents that add up to ${ALL}.`,
    );
  }
  const shares = weights.map(({ revision, weight }): Share => {
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
    return { spec, weight };
  });
  const sum = shares.reduce((all, { weight }) => all + weight, 0);
  if (sum !== ALL) {
    throw new RangeError(
      `The weights of the route ${route} add up to ${sum}. Expected ${ALL}: all of its calls.`,
    );
  }
  const named = new Set(weights.map(({ revision }) => revision));
  if (named.size !== weights.length) {
    throw new RangeError(
      `A revision of the route ${route} has two weights. Expected one for each.`,
    );
  }
  return shares.filter(({ weight }) => weight > 0);
}
