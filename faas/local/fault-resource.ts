/** The control `faults`: what is to go wrong on purpose. Off unless somebody on this machine asks. */

import type { BoundedFault, FaultName } from '../api.ts';
import { LONGEST_MS } from '../platform/faults.ts';
import type { Platform } from '../platform/platform.ts';
import { functionOf, type Resource } from '../gateway/resource.ts';

interface Range {
  readonly least: number;
  readonly most: number;
  readonly isNeeded: boolean;
}

const DELAY: Range = { least: 0, most: 60_000, isNeeded: true };
const BOUNDS: Readonly<Record<string, Range>> = {
  times: { least: 1, most: 1000, isNeeded: false },
  forMs: { least: 1, most: LONGEST_MS, isNeeded: false },
};

/** What each may say of itself, beside how often and how long. */
const FIELDS: Readonly<Record<FaultName, Readonly<Record<string, Range>>>> = {
  'slow-start': { ms: DELAY },
  'failed-start': {},
  kill: { afterMs: { ...DELAY, isNeeded: false } },
  'lost-answer': {},
  'slow-answer': { ms: DELAY },
  throttle: {},
  'few-connections': { most: { least: 0, most: 1000, isNeeded: true } },
};

/** A body is `{ "function": "/api/work", "faults": [{ "is": "slow-start", "ms": 500, "times": 3 }] }`. */
export function faultResource(platform: Pick<Platform, 'faults' | 'functions'>): Resource {
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
  if (typeof is !== 'string' || !Object.hasOwn(FIELDS, is)) {
    throw new RangeError(
      `A fault is an object whose "is" is one of ${Object.keys(FIELDS).join(', ')}; ${JSON.stringify(value)} came.`,
    );
  }
  const fields = { ...FIELDS[is as FaultName], ...BOUNDS };
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(fields, name));
  if (unknown !== undefined) {
    const names = Object.keys(fields).join(', ');
    throw new RangeError(`The fault ${is} has no "${unknown}". It takes ${names}.`);
  }
  for (const [name, { least, most, isNeeded }] of Object.entries(fields)) {
    const field = given[name];
    if (field === undefined && !isNeeded) continue;
    if (Number.isInteger(field) && Number(field) >= least && Number(field) <= most) continue;
    throw new RangeError(
      `"${name}" of the fault ${is} is a whole number from ${least} to ${most}; ${JSON.stringify(field) ?? 'nothing'} came.`,
    );
  }
  return { is, ...given } as BoundedFault;
}
