/** The policies of a platform while it runs: which are in force, and how another is chosen. */

import { Kpa, type KpaStatus } from '../core/scaling/kpa-policy.ts';
import type { PolicyPlan } from '../core/scaling/policy-plan.ts';
import type { PolicyChoice } from '../core/scaling/policies.ts';
import type { ScalingPolicy } from '../core/scaling/policy.ts';
import type { Platform } from './platform.ts';

/** As in a scenario: JSON has no infinity. */
type Count = number | 'unlimited';

/** An entry of `/_faas/policies`. */
export interface PolicyView {
  /** Path of its function. */
  readonly function: string;
  readonly name: PolicyChoice['name'];
  /** What was said of it; every other option has its default. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What comes of it: the same for every policy. */
  readonly concurrency: Count;
  readonly maxInstances: Count;
  readonly keptInstances: Count;
  readonly idleTimeoutMs: Count;
  readonly maxQueued: Count;
  readonly maxQueueMs: Count;
  /** What Knative's autoscaler saw and said last; null before its first look, and for the others. */
  readonly status: KpaStatus | null;
}

export class Policies {
  readonly #platform: Platform;
  readonly #plan: PolicyPlan;

  /** @param plan that the platform asks for the policy of each function */
  constructor(platform: Platform, plan: PolicyPlan) {
    this.#platform = platform;
    this.#plan = plan;
  }

  get inForce(): PolicyView[] {
    const { functions, policies } = this.#platform;
    return functions.flatMap(({ path }) => {
      const policy = policies.get(path);
      return policy === undefined ? [] : [viewOf(path, policy, this.#plan.choiceFor(path))];
    });
  }

  /**
   * What runs is finished under the old policy.
   *
   * @param path of a function; null for all
   * @throws RangeError when there is no such function
   */
  set(path: string | null, choice: PolicyChoice): void {
    this.#change(path, () => this.#plan.set(path, choice));
  }

  /** As the platform was started. @param path of a function; null for all */
  reset(path: string | null): void {
    this.#change(path, () => this.#plan.reset(path));
  }

  #change(path: string | null, act: () => void): void {
    const all = this.#platform.functions.map((spec) => spec.path);
    if (path !== null && !all.includes(path)) {
      throw new RangeError(`No function is at ${path}. There are ${all.join(', ')}.`);
    }
    const before = all.map((each) => JSON.stringify(this.#plan.choiceFor(each)));
    act();
    for (const [i, each] of all.entries()) {
      // Who has the policy already keeps its instances.
      if (JSON.stringify(this.#plan.choiceFor(each)) !== before[i]) this.#platform.renew(each);
    }
  }
}

function viewOf(path: string, policy: ScalingPolicy, choice: PolicyChoice): PolicyView {
  const { name, ...options } = choice;
  return {
    function: path,
    name,
    options: Object.fromEntries(Object.entries(options).map(([key, value]) => [key, shown(value)])),
    concurrency: shown(policy.concurrency),
    maxInstances: shown(policy.maxInstances),
    keptInstances: shown(policy.keptInstances),
    idleTimeoutMs: shown(policy.idleTimeoutMs),
    maxQueued: shown(policy.maxQueued),
    maxQueueMs: shown(policy.maxQueueMs),
    status: policy instanceof Kpa ? policy.status : null,
  };
}

function shown<Value>(value: Value): Value | 'unlimited' {
  return value === Infinity ? 'unlimited' : value;
}
