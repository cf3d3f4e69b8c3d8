/** Which function is scaled by which policy, and how that may be changed while the platform runs. */

import type { KpaOptions } from './kpa/kpa-options.ts';
import type { PolicyChoice } from './policies.ts';

/** What every policy of a platform has unless it is told otherwise. */
export interface PoolLimits {
  readonly idleTimeoutMs?: number;
  readonly maxInstances?: number;
  readonly maxQueued?: number;
  readonly maxQueueMs?: number;
}

/** Everything as it is at the start. */
export interface PlanOptions {
  /** @default none: each policy has its own defaults */
  readonly limits?: PoolLimits;
  /** For functions without a policy of their own. @default keep-alive */
  readonly everywhere?: PolicyChoice;
  /** Of single functions, by name. @default none */
  readonly own?: Readonly<Record<string, PolicyChoice>>;
}

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

  /** @param name of a function; null for all, whatever was said of each before */
  set(name: string | null, choice: PolicyChoice): void {
    if (name !== null) {
      this.#own.set(name, choice);
      return;
    }
    this.#everywhere = choice;
    this.#own.clear();
  }

  /** As at the start. @param name of a function; null for all */
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
  const queue = defined({ maxQueued, maxQueueMs });
  switch (choice.name) {
    case 'keep-alive':
    case 'concurrent': {
      const kept =
        choice.name === 'concurrent' ? choice.minInstances : choice.provisionedConcurrency;
      const most = atLeast(maxInstances, kept);
      return { ...queue, ...defined({ maxInstances: most, idleTimeoutMs }), ...choice };
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
 * Knative starts a new revision with one instance, and each function here would begin with one. They
 * begin as callers find them: scaled to zero.
 */
function atRest({ initialScale = 0 }: KpaOptions): KpaOptions {
  return initialScale === 0 ? { initialScale, atZero: true } : {};
}

/** What a policy says of itself counts for more than a limit that all have. */
function atLeast(
  limit: number | undefined,
  ...said: readonly (number | undefined)[]
): number | undefined {
  return limit === undefined ? undefined : Math.max(limit, ...said.map((each) => each ?? 0));
}

/** What is undefined would hide a default. */
function defined<Name extends string>(
  values: Readonly<Record<Name, number | undefined>>,
): Partial<Record<Name, number>> {
  const known = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Partial<Record<Name, number>>;
}
