/** The options of hosts, and their view of an instance. */

import type { InstanceEntry, PlaceName } from '../api.ts';
import type { Clock } from '../core/time/clock.ts';
import type { NumberOption } from '../core/option.ts';
import type { PoolInstance } from '../core/pool/lives.ts';
import type { NewId } from '../core/trace/ids.ts';
import type { TraceEvent } from '../core/trace/trace.ts';
import type { ScalingPolicy } from '../core/scaling/policy.ts';
import type { PendingCall } from './pending-call.ts';
import type { FunctionSpec } from '../core/function.ts';
import type { Machine } from './machine.ts';

/** Options that all functions of a platform share. */
export interface HostOptions {
  readonly clock: Clock;
  readonly newId: NewId;
  /** Receives the trace events. Without it none are created. */
  readonly emit?: (event: TraceEvent) => void;
  readonly place: PlaceName;
  /** Whether problem documents may show stacks. @default false */
  readonly development?: boolean;
  /** Time that a call has waited for its database to start, in ms. @default 0 */
  readonly storeMs?: (request: string) => number;
  /** Largest request body in bytes. @default that of {@link MAX_BODY_BYTES} */
  readonly maxBodyBytes?: number;
}

/** Largest request body, wherever functions run. */
export const MAX_BODY_BYTES = {
  type: 'number',
  unit: 'bytes',
  isWhole: true,
  least: 0,
  most: 1_000_000_000,
  default: 6_000_000,
  meaning: 'largest request body; a larger one is refused with 413',
  source: 'AWS Lambda: 6 MB for a synchronous call (docs.aws.amazon.com, Lambda quotas)',
} as const satisfies NumberOption;

/**
 * An instance as the controls list it.
 *
 * @param of the function of the instance
 */
export function viewOf(
  instance: PoolInstance<PendingCall, Machine>,
  of: { readonly spec: FunctionSpec; readonly policy: ScalingPolicy },
): InstanceEntry {
  const running = instance.machine?.running ?? null;
  return {
    id: instance.id,
    function: of.spec.name,
    revision: of.spec.revision,
    state: instance.condition,
    startedAt: instance.startedAt,
    leavesAt: leavesAt(instance, of.policy),
    served: instance.served,
    memoryMb: running?.memoryMb() ?? null,
    pid: running?.pid ?? null,
  };
}

function leavesAt(
  { condition, kept, idleSince }: PoolInstance<PendingCall, Machine>,
  { idleTimeoutMs }: ScalingPolicy,
): number | null {
  const isDated = condition === 'idle' && !kept && idleTimeoutMs < Infinity;
  return isDated ? idleSince + idleTimeoutMs : null;
}
