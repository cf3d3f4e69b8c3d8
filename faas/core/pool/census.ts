/** The counts that a policy can read, taken from the fleet, the roster and the traffic. */

import type { Fleet } from './fleet.ts';
import type { PoolView } from '../scaling/policy.ts';
import type { Work } from './lives.ts';
import type { Traffic } from './traffic.ts';

/** The live {@link PoolView} of a pool; each property reads the current count. */
export class Census<W extends Work, M> implements PoolView {
  readonly #fleet: Fleet<W, M>;
  readonly #traffic: Traffic<W, M>;

  constructor(fleet: Fleet<W, M>, traffic: Traffic<W, M>) {
    this.#fleet = fleet;
    this.#traffic = traffic;
  }

  get startingInstances(): number {
    return this.#fleet.starting;
  }

  get readyInstances(): number {
    return this.#fleet.ready;
  }

  get idleInstances(): number {
    return this.#fleet.roster.idle;
  }

  get openInstances(): number {
    return this.#fleet.roster.open;
  }

  get runningRequests(): number {
    return this.#traffic.running;
  }

  get boundRequests(): number {
    return this.#traffic.bound;
  }

  get waitingRequests(): number {
    return this.#traffic.waiting;
  }
}
