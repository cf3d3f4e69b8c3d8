/** Reads and changes the policies of a running platform. */

import type { PolicyEntry } from '../api.ts';
import type { FunctionSpec } from '../core/function.ts';
import type { PolicyPlan } from '../core/scaling/policy-plan.ts';
import type { PolicyChoice } from '../core/scaling/policies.ts';
import type { ScalingPolicy } from '../core/scaling/policy.ts';
import type { Platform } from './platform.ts';

/** The policies of one running platform. */
export class PoliciesInForce {
  readonly #platform: Platform;
  readonly #plan: PolicyPlan;

  /** @param plan the one from which the platform takes its policies */
  constructor(platform: Platform, plan: PolicyPlan) {
    this.#platform = platform;
    this.#plan = plan;
  }

  get inForce(): PolicyEntry[] {
    return this.#platform.policies.map(({ spec, policy }) =>
      entryOf(spec, policy, this.#plan.choiceFor(spec.name)),
    );
  }

  /**
   * Changes a policy. Running calls finish under the old one.
   *
   * @param name of a function; null for all
   * @throws RangeError when there is no such function, or its instances cannot do what the policy says
   */
  set(name: string | null, choice: PolicyChoice): void {
    const refusal =
      'freezeIdle' in choice && choice.freezeIdle && this.#platform.whyNotFrozen(name);
    if (refusal) throw new RangeError(refusal);
    this.#change(name, () => this.#plan.set(name, choice));
  }

  /** Restores the policy of the platform's start. @param name of a function; null for all */
  reset(name: string | null): void {
    this.#change(name, () => this.#plan.reset(name));
  }

  #change(name: string | null, act: () => void): void {
    const all = [...new Set(this.#platform.functions.map((spec) => spec.name))];
    if (name !== null && !all.includes(name)) {
      throw new RangeError(`No function is called ${name}. There are ${all.join(', ')}.`);
    }
    const before = all.map((each) => JSON.stringify(this.#plan.choiceFor(each)));
    act();
    for (const [i, each] of all.entries()) {
      // A function whose policy does not change keeps its instances.
      if (JSON.stringify(this.#plan.choiceFor(each)) !== before[i]) this.#platform.renew(each);
    }
  }
}

function entryOf(spec: FunctionSpec, policy: ScalingPolicy, choice: PolicyChoice): PolicyEntry {
  const { name, ...options } = choice;
  return {
    function: spec.name,
    revision: spec.revision,
    name,
    options: Object.fromEntries(Object.entries(options).map(([key, value]) => [key, shown(value)])),
    concurrency: shown(policy.concurrency),
    maxInstances: shown(policy.maxInstances),
    keptInstances: shown(policy.keptInstances),
    idleTimeoutMs: shown(policy.idleTimeoutMs),
    maxQueued: shown(policy.maxQueued),
    maxQueueMs: shown(policy.maxQueueMs),
    status: policy.status ?? null,
  };
}

function shown<Value>(value: Value): Value | 'unlimited' {
  return value === Infinity ? 'unlimited' : value;
}
