/** Every scaling policy by name: what a scenario, a command line or a page chooses from. */

import { Concurrent, type ConcurrentOptions } from './concurrent.ts';
import { Fixed, type FixedOptions } from './fixed.ts';
import { KeepAlive, type KeepAliveOptions } from './keep-alive.ts';
import { Kpa, type KpaOptions } from './kpa-policy.ts';
import type { ScalingPolicy } from './policy.ts';

export type PolicyChoice =
  | ({ readonly name: 'keep-alive' } & KeepAliveOptions)
  | ({ readonly name: 'concurrent' } & ConcurrentOptions)
  | ({ readonly name: 'fixed' } & FixedOptions)
  | ({ readonly name: 'kpa' } & KpaOptions);

/** A policy of its own for each pool: some remember what they have seen. */
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
