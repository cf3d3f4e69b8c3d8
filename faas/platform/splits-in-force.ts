/** Reads and changes how a running platform shares routes among revisions. */

import type { SplitEntry } from '../api.ts';
import type { FunctionSpec } from '../core/function.ts';
import type { RouteSplit, RouteSplits, SplitBy } from '../core/rules/split.ts';
import type { Platform } from './platform.ts';

/** Why a revision cannot run, for the reader; null when nothing is known against it. */
export type WhyBroken = (spec: FunctionSpec) => string | null;

/** The shared routes of one running platform. */
export class SplitsInForce {
  readonly #platform: Platform;
  readonly #whyBroken: WhyBroken;
  #declared: RouteSplits;
  /** Moved by hand, by route. */
  readonly #moved = new Map<string, RouteSplit>();

  /** @param declared those with which the platform was made */
  constructor(platform: Platform, declared: RouteSplits, whyBroken: WhyBroken) {
    this.#platform = platform;
    this.#declared = declared;
    this.#whyBroken = whyBroken;
  }

  get inForce(): SplitEntry[] {
    const { functions } = this.#platform;
    return Object.entries(this.#splits).flatMap(([route, { by = 'caller', revisions }]) => {
      const specs = functions.filter((spec) => spec.route === route);
      const [first] = specs;
      if (first === undefined) return [];
      const entries = revisions.flatMap(({ revision, weight, tag = null }) => {
        const spec = specs.find((one) => one.revision === revision);
        if (spec === undefined) return [];
        const { file, code } = spec;
        const why = this.#whyBroken(spec);
        const broken = why === null ? {} : { broken: why };
        const counts = this.#platform.countsOf(spec);
        return [{ revision, file, code, weight, tag, ...counts, ...broken }];
      });
      return [{ function: first.name, by, revisions: entries }];
    });
  }

  /**
   * Takes what the project declares. A route that is declared otherwise than before loses what was
   * moved by hand.
   *
   * @throws RangeError, without any change, when functions and weights do not match
   */
  declare(functions: readonly FunctionSpec[], declared: RouteSplits): void {
    const stays = ([route]: [string, RouteSplit]): boolean =>
      JSON.stringify(declared[route]) === JSON.stringify(this.#declared[route]);
    const moved = [...this.#moved].filter(stays);
    this.#platform.update(functions, { ...declared, ...Object.fromEntries(moved) });
    this.#declared = declared;
    this.#moved.clear();
    for (const [route, split] of moved) this.#moved.set(route, split);
  }

  /**
   * Moves weights. Running calls finish where they are.
   *
   * @param weights percent by revision; one that is not named gets 0
   * @throws RangeError, without any change, when the function has one revision only, the weights do not
   *   fit, or calls would go to a revision that cannot run
   */
  move(name: string | null, weights: unknown, by?: unknown): void {
    const route = this.#routeOf(name);
    const old = this.#splits[route];
    const revisions = old?.revisions ?? [];
    const named = revisions.map(({ revision }) => revision);
    const example = `{${named.map((each, n) => `"${each}":${n === 0 ? 100 : 0}`).join(',')}}`;
    if (typeof weights !== 'object' || weights === null || Array.isArray(weights)) {
      throw new RangeError(
        `"weights" is an object such as ${example}; ${JSON.stringify(weights)} came.`,
      );
    }
    if (by !== undefined && by !== 'caller' && by !== 'call') {
      throw new RangeError(`"by" is "caller" or "call"; ${JSON.stringify(by)} came.`);
    }
    const given = new Map(Object.entries(weights));
    const stranger = [...given.keys()].find((each) => !named.includes(each));
    if (stranger !== undefined) {
      throw new RangeError(
        `"weights" names the revision ${JSON.stringify(stranger)}. Expected ${named.join(', ')}.`,
      );
    }
    const moved = revisions.map((share) => {
      const weight: unknown = given.get(share.revision) ?? 0;
      if (typeof weight !== 'number') {
        throw new RangeError(
          `The weight of ${share.revision} is ${JSON.stringify(weight)}. Expected a whole number from 0 to 100.`,
        );
      }
      this.#refuseBroken(route, share.revision, weight);
      return { ...share, weight };
    });
    const kept: SplitBy = by ?? old?.by ?? 'caller';
    this.#apply(route, { by: kept, revisions: moved });
  }

  /** Takes back what was moved by hand. @param name of a function; null for all */
  reset(name: string | null): void {
    const routes = name === null ? [...this.#moved.keys()] : [this.#routeOf(name)];
    for (const route of routes) this.#moved.delete(route);
    this.#platform.update(this.#platform.functions, this.#splits);
  }

  get #splits(): RouteSplits {
    return { ...this.#declared, ...Object.fromEntries(this.#moved) };
  }

  #apply(route: string, split: RouteSplit): void {
    this.#platform.update(this.#platform.functions, { ...this.#splits, [route]: split });
    this.#moved.set(route, split);
  }

  #refuseBroken(route: string, revision: string, weight: number): void {
    if (weight <= 0) return;
    const spec = this.#platform.functions.find(
      (one) => one.route === route && one.revision === revision,
    );
    const why = spec === undefined ? null : this.#whyBroken(spec);
    if (why === null) return;
    throw new RangeError(`The revision ${revision} cannot take calls: ${why}`);
  }

  #routeOf(name: string | null): string {
    const shared = this.#platform.functions.filter(({ route }) =>
      Object.hasOwn(this.#declared, route),
    );
    const spec = shared.find((one) => one.name === name);
    if (spec !== undefined) return spec.route;
    const names = [...new Set(shared.map((one) => one.name))].join(', ') || 'none';
    throw new RangeError(
      `"function" is one with several revisions, of which there are ${names}; ${JSON.stringify(name)} came.`,
    );
  }
}
