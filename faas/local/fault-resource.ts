/** The control `faults`: failures to inject. There are none until a caller sets some. */

import type { BoundedFault, FaultName } from '../api.ts';
import { readOptions, type OptionTable } from '../core/option.ts';
import { FAULT_BOUNDS, FAULT_OPTIONS } from '../platform/fault-options.ts';
import type { Platform } from '../platform/platform.ts';
import { functionOf, type ControlResource } from '../gateway/control-resource.ts';

/** The control over a platform's faults. A body is `{ "function": "/api/work", "faults": [{ "is": "slow-start", "ms": 500, "times": 3 }] }`. */
export function faultResource(platform: Pick<Platform, 'faults' | 'functions'>): ControlResource {
  const known = (name: string | null): void => {
    const names = platform.functions.map((spec) => spec.name);
    if (name !== null && names.includes(name)) return;
    throw new RangeError(`"function" is one of ${names.join(', ')}; ${JSON.stringify(name)} came.`);
  };
  return {
    get: () => platform.faults.active,
    put(value) {
      const name = functionOf(value);
      known(name);
      if (name !== null)
        platform.faults.set(name, readFaults((value as { faults?: unknown }).faults));
    },
    delete(name) {
      if (name !== null) known(name);
      platform.faults.clear(name);
    },
  };
}

function readFaults(value: unknown): BoundedFault[] {
  if (Array.isArray(value) && value.length <= 20) return value.map(readFault);
  throw new RangeError(
    `"faults" is a list of at most 20, such as [{"is":"kill","times":3}]; ${JSON.stringify(value)} came.`,
  );
}

function readFault(value: unknown): BoundedFault {
  const { is, ...given } = Object(value) as Record<string, unknown>;
  if (typeof is !== 'string' || !Object.hasOwn(FAULT_OPTIONS, is)) {
    throw new RangeError(
      `A fault is an object whose "is" is one of ${Object.keys(FAULT_OPTIONS).join(', ')}; ${JSON.stringify(value)} came.`,
    );
  }
  const declared: OptionTable = { ...FAULT_OPTIONS[is as FaultName], ...FAULT_BOUNDS };
  const options = readOptions(declared, given, {
    of: `The fault ${is}`,
    subject: (name) => `"${name}" of the fault ${is}`,
  });
  return { is, ...options } as BoundedFault;
}
