/** Assigns policies to functions, and lets that change while the platform runs. */

import type { KpaOptions } from './kpa/kpa-options.ts';
import type { PolicyChoice } from './policies.ts';

/** Limits that apply to every policy of a platform unless its own options override them. */
export interface PoolLimits {
  readonly idleTimeoutMs?: number;
  readonly freezeIdle?: boolean;
  readonly maxInstances?: number;
  readonly maxQueued?: number;
  readonly maxQueueMs?: number;
}

/** The plan at the start of the platform. */
export interface PlanOptions {
  /** @default none: each policy uses its own defaults */
  readonly limits?: PoolLimits;
  /** For functions without a policy of their own. @default keep-alive */
  readonly everywhere?: PolicyChoice;
  /** Policies of single functions, by function name. @default none */
  readonly own?: Readonly<Record<string, PolicyChoice>>;
}

/** The policy of each function, with the platform's limits applied. */
export class PolicyPlan {
  readonly #options: PlanOptions;
  #everywhere: PolicyChoice;
  readonly #own: Map<string, PolicyChoice>;

  constructor(options: PlanOptions = {}) {
    this.#options = options;
    this.#everywhere = options.everywhere ?? { name: 'keep-alive' };
    this.#own = new Map(Object.entries(options.own ?? {}));
  }

  /** @param name of a function */
  choiceFor(name: string): PolicyChoice {
    const choice = this.#own.get(name) ?? this.#everywhere;
    return withLimits(choice, this.#options.limits ?? {});
  }

  /** @param name of a function; null for all, which replaces the policies of single functions */
  set(name: string | null, choice: PolicyChoice): void {
    if (name !== null) {
      this.#own.set(name, choice);
      return;
    }
    this.#everywhere = choice;
    this.#own.clear();
  }

  /** Restores the plan of the start. @param name of a function; null for all */
  reset(name: string | null): void {
    const { everywhere = { name: 'keep-alive' }, own = {} } = this.#options;
    if (name === null) {
      this.set(null, everywhere);
      for (const [each, choice] of Object.entries(own)) this.#own.set(each, choice);
    } else {
      this.#own.set(name, own[name] ?? everywhere);
    }
  }
}

function withLimits(choice: PolicyChoice, limits: PoolLimits): PolicyChoice {
  const { maxQueued, maxQueueMs, maxInstances, idleTimeoutMs } = limits;
  const freezeIdle = limits.freezeIdle === true || undefined;
  const queue = defined({ maxQueued, maxQueueMs });
  switch (choice.name) {
    case 'keep-alive':
    case 'concurrent': {
      const kept =
        choice.name === 'concurrent' ? choice.minInstances : choice.provisionedConcurrency;
      const most = atLeast(maxInstances, kept);
      const own = defined({ maxInstances: most, idleTimeoutMs, freezeIdle });
      return { ...queue, ...own, ...choice };
    }
    case 'fixed':
      return { ...queue, ...choice };
    case 'kpa':
      return {
        ...queue,
        ...defined({ maxScale: atLeast(maxInstances, choice.minScale, choice.activationScale) }),
        ...atRest(choice),
        ...choice,
      };
  }
}

/**
 * Knative starts a new revision with one instance. The functions here start scaled to zero, as
 * callers usually find them.
 */
function atRest({ initialScale = 0 }: KpaOptions): KpaOptions {
  return initialScale === 0 ? { initialScale, atZero: true } : {};
}

/** Raises the platform's limit to the policy's own minima, which take precedence. */
function atLeast(
  limit: number | undefined,
  ...said: readonly (number | undefined)[]
): number | undefined {
  return limit === undefined ? undefined : Math.max(limit, ...said.map((each) => each ?? 0));
}

/** Drops undefined properties, which would override a default. */
function defined<Values extends object>(
  values: Values,
): { readonly [Name in keyof Values]?: Exclude<Values[Name], undefined> } {
  const known = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as { [Name in keyof Values]?: Exclude<Values[Name], undefined> };
}
