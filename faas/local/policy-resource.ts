/** The control `policies`: reads and changes how each function is scaled. */

import type { PolicyBody } from '../api.ts';
import { readPolicy } from '../core/scaling/policy-choice.ts';
import type { PoliciesInForce } from '../platform/policies-in-force.ts';
import { functionOf, type ControlResource } from '../gateway/control-resource.ts';

/** The control over the policies in force. A body is `{ "function": "/api/work", "policy": { "name": "kpa", "target": 1 } }`. */
export function policyResource(policies: PoliciesInForce): ControlResource {
  return {
    get: () => policies.inForce,
    put(value) {
      const name = functionOf(value);
      policies.set(name, readPolicy((value as Partial<PolicyBody>).policy));
    },
    delete: (name) => policies.reset(name),
  };
}
