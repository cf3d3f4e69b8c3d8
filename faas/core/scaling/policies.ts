/** Every scaling policy by name, for scenarios, command lines and pages to choose from. */

import type { OptionTable } from '../option.ts';
import { Concurrent, CONCURRENT_OPTIONS, type ConcurrentOptions } from './concurrent.ts';
import { Fixed, FIXED_OPTIONS, type FixedOptions } from './fixed.ts';
import { KEEP_ALIVE_OPTIONS, KeepAlive, type KeepAliveOptions } from './keep-alive.ts';
import { Kpa } from './kpa-policy.ts';
import { KPA_OPTIONS, type KpaOptions } from './kpa/kpa-options.ts';
import type { ScalingPolicy } from './policy.ts';

/** A policy's name and its options. */
export type PolicyChoice =
  | ({ readonly name: 'keep-alive' } & KeepAliveOptions)
  | ({ readonly name: 'concurrent' } & ConcurrentOptions)
  | ({ readonly name: 'fixed' } & FixedOptions)
  | ({ readonly name: 'kpa' } & KpaOptions);

/** The option declarations of each policy, by its name. */
export const POLICY_OPTIONS = {
  'keep-alive': KEEP_ALIVE_OPTIONS,
  concurrent: CONCURRENT_OPTIONS,
  fixed: FIXED_OPTIONS,
  kpa: KPA_OPTIONS,
} as const satisfies Record<PolicyChoice['name'], OptionTable>;

/**
 * Makes a new policy. Each pool needs its own, since some keep averages.
 *
 * @throws RangeError naming the option, what was expected and what came
 */
export function makePolicy(choice: PolicyChoice): ScalingPolicy {
  switch (choice.name) {
    case 'keep-alive':
      return new KeepAlive(choice);
    case 'concurrent':
      return new Concurrent(choice);
    case 'fixed':
      return new Fixed(choice);
    case 'kpa':
      return new Kpa(choice);
  }
}
