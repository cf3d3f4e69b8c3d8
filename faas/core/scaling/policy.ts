/**
 * How a platform decides how many instances there are, and which of them takes a request. One
 * interface for every scaling model of the field: one request per instance (AWS Lambda), many
 * (Vercel, Cloud Run), a fixed number of servers (a VM), and an autoscaler that looks at averages
 * every few seconds (Knative).
 *
 * A policy decides; the pool acts, and holds the limits below whatever the policy says.
 */

import type { KpaStatus } from './kpa/status.ts';

/** What a policy may look at. Reading any of it is O(1). */
export interface PoolView {
  /** Instances asked for and not yet ready. */
  readonly startingInstances: number;
  /** Instances that take requests, busy or idle; those that are leaving are not among them. */
  readonly readyInstances: number;
  /** Ready instances that run nothing. */
  readonly idleInstances: number;
  /** Ready instances that run something and have room for more; always 0 at one request each. */
  readonly openInstances: number;
  /** Requests that run now. */
  readonly runningRequests: number;
  /** Requests that wait for the instance that was started for them. */
  readonly boundRequests: number;
  /** Requests in the queue; the one that is being placed is not counted. */
  readonly waitingRequests: number;
}

/**
 * Where a request goes:
 * - `idle`: onto the newest idle instance, so that the others can expire;
 * - `open`: onto an instance that is already busy and has room;
 * - `start`: onto a new instance, for which it waits and for nothing else;
 * - `wait`: into the queue;
 * - `scale`: into the queue, and `desired` is asked at once instead of at the next tick; the first
 *   instance that it then starts is told as started for this request.
 *
 * What is not there (no idle instance, `maxInstances` reached) is taken as `wait`.
 */
export type Placement = 'idle' | 'open' | 'start' | 'wait' | 'scale';

export interface ScalingPolicy {
  /** As it is chosen by: `keep-alive`. */
  readonly name: string;
  /** Most requests one instance runs at once. Integer ≥ 1, or Infinity. */
  readonly concurrency: number;
  /**
   * Which busy instance with room is `open`: the one that has waited longest for a request (true),
   * or always the same until it is full (false). @default false
   */
  readonly spread?: boolean;
  /** Most instances that start or take requests at once. Integer ≥ 1, or Infinity. */
  readonly maxInstances: number;
  /** Instances kept ready from the beginning and never reaped. Integer from 0 to `maxInstances`. */
  readonly keptInstances: number;
  /** An instance that has been idle for this long is stopped. ≥ 0; Infinity: never. */
  readonly idleTimeoutMs: number;
  /** Most requests in the queue; the next is refused with `throttled`. Integer ≥ 0, or Infinity. */
  readonly maxQueued: number;
  /** Longest wait in the queue; then `no-capacity`. ≥ 0, or Infinity. */
  readonly maxQueueMs: number;

  /** Asked for each new request when nobody waits, and for the first in line when room is made. */
  place(pool: PoolView): Placement;

  /** What an autoscaler saw and decided last; null before its first look, absent where there is none. */
  readonly status?: KpaStatus | null;

  /** Time between two calls of `desired`; absent for a policy that only reacts to requests. */
  readonly tickMs?: number;
  /** How many instances there should be. */
  desired?(pool: PoolView, nowMs: number): number;
  /** Told after the number of requests has changed, for averages over time. */
  observe?(pool: PoolView, nowMs: number): void;
}
