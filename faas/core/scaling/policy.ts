/**
 * Decides how many instances there are and which of them takes a request. One interface covers the
 * known scaling models: one request per instance (AWS Lambda), many (Vercel, Cloud Run), a fixed
 * number of servers (a VM), and an autoscaler that reads averages every few seconds (Knative).
 *
 * A policy decides and the pool acts. The pool enforces the limits below whatever the policy decides.
 */

import type { KpaStatus } from './kpa/status.ts';

/** The counts that a policy can read. Each read is O(1). */
export interface PoolView {
  /** Instances requested and not yet ready. */
  readonly startingInstances: number;
  /** Instances that take requests, busy or idle, without those that are leaving. */
  readonly readyInstances: number;
  /** Ready instances that run nothing. */
  readonly idleInstances: number;
  /** Ready instances that are busy with room for more; always 0 at a `concurrency` of 1. */
  readonly openInstances: number;
  /** Requests that run now. */
  readonly runningRequests: number;
  /** Requests that wait for the instance that was started for them. */
  readonly boundRequests: number;
  /** Requests in the queue, without the one that is being placed. */
  readonly waitingRequests: number;
}

/**
 * Where a request goes:
 * - `idle`: onto the newest idle instance, so that the others can expire;
 * - `open`: onto an instance that is already busy and has room;
 * - `start`: onto a new instance, and it waits for that one only;
 * - `wait`: into the queue;
 * - `scale`: into the queue, and `desired` is called at once instead of at the next tick; the trace
 *   records the first instance that this starts as started for this request.
 *
 * A placement that is impossible (no idle instance, `maxInstances` reached) counts as `wait`.
 */
export type Placement = 'idle' | 'open' | 'start' | 'wait' | 'scale';

/** The limits and decisions of a scaling model for one pool. */
export interface ScalingPolicy {
  /** The name that it is chosen by: `keep-alive`. */
  readonly name: string;
  /** Most requests one instance runs at once. Integer ≥ 1, or Infinity. */
  readonly concurrency: number;
  /**
   * Which busy instance with room is `open`: the least recently used one (true), or always the same
   * one until it is full (false). @default false
   */
  readonly spread?: boolean;
  /** Most instances that start or take requests at once. Integer ≥ 1, or Infinity. */
  readonly maxInstances: number;
  /** Instances kept ready from the beginning and never reaped. Integer from 0 to `maxInstances`. */
  readonly keptInstances: number;
  /** An instance that has been idle for this long is stopped. ≥ 0; Infinity: never. */
  readonly idleTimeoutMs: number;
  /** An instance that runs nothing is frozen until its next request. @default false */
  readonly freezesIdle?: boolean;
  /** Most requests in the queue; the next is refused with `throttled`. Integer ≥ 0, or Infinity. */
  readonly maxQueued: number;
  /** Longest wait in the queue; then `no-capacity`. ≥ 0, or Infinity. */
  readonly maxQueueMs: number;

  /** Called for each new request while the queue is empty, and for its head when capacity frees up. */
  place(pool: PoolView): Placement;

  /** The autoscaler's last observation; null before its first tick, absent without an autoscaler. */
  readonly status?: KpaStatus | null;

  /** Time between two calls of `desired`; absent for a policy that only reacts to requests. */
  readonly tickMs?: number;
  /** How many instances there should be. */
  desired?(pool: PoolView, nowMs: number): number;
  /** Called after the number of requests has changed, for averages over time. */
  observe?(pool: PoolView, nowMs: number): void;
}
