/** What hosts are told, and what they show. */

import type { Clock } from '../core/time/clock.ts';
import type { PoolInstance } from '../core/pool/instance.ts';
import type { TraceEvent } from '../core/trace/trace.ts';
import type { ScalingPolicy } from '../core/scaling/policy.ts';
import type { Call } from './call.ts';
import type { FunctionSpec } from '../core/function.ts';
import type { Machine } from './machine.ts';
import type { Place } from './receipt-headers.ts';

/** What all functions of one platform share. */
export interface HostOptions {
  readonly clock: Clock;
  /** Makes a name that no other has in the life of the platform. */
  readonly newId: (kind: 'instance' | 'request') => string;
  /** Who listens to the trace. Without it no events are made. */
  readonly emit?: (event: TraceEvent) => void;
  /** What `x-faas-place` says. */
  readonly place: Place;
  /** Whether problem documents may show stacks. @default false */
  readonly development?: boolean;
  /** Largest request body, in bytes. @default 4_500_000, Vercel's limit */
  readonly maxBodyBytes?: number;
}

/** Vercel Functions refuse larger ones (FUNCTION_PAYLOAD_TOO_LARGE). */
export const MAX_BODY_BYTES = 4_500_000;

/** An entry of `/_faas/instances`. */
export interface InstanceView {
  readonly id: string;
  /** Path of its function. */
  readonly function: string;
  readonly state: PoolInstance['condition'];
  /** When it was asked for, in ms since the Unix epoch. */
  readonly startedAt: number;
  /** When it will be stopped unless a request comes, in ms since the Unix epoch; null when it will not. */
  readonly leavesAt: number | null;
  /** Requests it has taken. */
  readonly served: number;
  readonly memoryMb: number | null;
  readonly pid: number | null;
}

/** @param of the function that it is an instance of */
export function viewOf(
  instance: PoolInstance<Call, Machine>,
  of: { readonly spec: FunctionSpec; readonly policy: ScalingPolicy },
): InstanceView {
  const running = instance.machine?.running ?? null;
  return {
    id: instance.id,
    function: of.spec.path,
    state: instance.condition,
    startedAt: instance.startedAt,
    leavesAt: leavesAt(instance, of.policy),
    served: instance.served,
    memoryMb: running?.memoryMb() ?? null,
    pid: running?.pid ?? null,
  };
}

function leavesAt(
  { condition, kept, idleSince }: PoolInstance<Call, Machine>,
  { idleTimeoutMs }: ScalingPolicy,
): number | null {
  const isDated = condition === 'idle' && !kept && idleTimeoutMs < Infinity;
  return isDated ? idleSince + idleTimeoutMs : null;
}
