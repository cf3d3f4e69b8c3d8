/** Every scaling policy by name: what a scenario, a command line or a page chooses from. */

import type { OptionTable } from '../option.ts';
import { Concurrent, CONCURRENT_OPTIONS, type ConcurrentOptions } from './concurrent.ts';
import { Fixed, FIXED_OPTIONS, type FixedOptions } from './fixed.ts';
import { KEEP_ALIVE_OPTIONS, KeepAlive, type KeepAliveOptions } from './keep-alive.ts';
import { Kpa } from './kpa-policy.ts';
import { KPA_OPTIONS, type KpaOptions } from './kpa/kpa-options.ts';
import type { ScalingPolicy } from './policy.ts';

export type PolicyChoice =
  | ({ readonly name: 'keep-alive' } & KeepAliveOptions)
  | ({ readonly name: 'concurrent' } & ConcurrentOptions)
  | ({ readonly name: 'fixed' } & FixedOptions)
  | ({ readonly name: 'kpa' } & KpaOptions);

/** What each of them can be told. */
export const POLICY_OPTIONS = {
  'keep-alive': KEEP_ALIVE_OPTIONS,
  concurrent: CONCURRENT_OPTIONS,
  fixed: FIXED_OPTIONS,
  kpa: KPA_OPTIONS,
} as const satisfies Record<PolicyChoice['name'], OptionTable>;

/**
 * A policy of its own for each pool: some remember what they have seen.
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
