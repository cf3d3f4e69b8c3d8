/** The control `revisions`: moves the weights of a function's revisions, and takes that back. */

import type { SplitBody } from '../api.ts';
import { functionOf, type ControlResource } from '../gateway/control-resource.ts';
import type { SplitsInForce } from '../platform/splits-in-force.ts';

/** The control over shared routes. A body is `{ "function": "/api/greeting", "weights": { "steady": 90, "canary": 10 } }`. */
export function splitResource(splits: SplitsInForce): ControlResource {
  return {
    get: () => splits.inForce,
    put(value) {
      const name = functionOf(value);
      const { weights, by } = value as Partial<Record<keyof SplitBody, unknown>>;
      splits.move(name, weights, by);
    },
    delete: (name) => splits.reset(name),
  };
}
