/** The policies of a platform while it runs: which are in force, and how another is chosen. */

import type { PolicyEntry } from '../api.ts';
import { Kpa } from '../core/scaling/kpa-policy.ts';
import type { PolicyPlan } from '../core/scaling/policy-plan.ts';
import type { PolicyChoice } from '../core/scaling/policies.ts';
import type { ScalingPolicy } from '../core/scaling/policy.ts';
import type { Platform } from './platform.ts';

export class Policies {
  readonly #platform: Platform;
  readonly #plan: PolicyPlan;

  /** @param plan that the platform asks for the policy of each function */
  constructor(platform: Platform, plan: PolicyPlan) {
    this.#platform = platform;
    this.#plan = plan;
  }

  get inForce(): PolicyEntry[] {
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

function viewOf(path: string, policy: ScalingPolicy, choice: PolicyChoice): PolicyEntry {
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
