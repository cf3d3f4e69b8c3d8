/** The calls at the bucket, one after another: the core's own bucket decides. */

import { TokenBucket } from '#faas/core/rules/token-bucket.ts';
import type { FlowSetup } from './setup.ts';

/** One call, and what the bucket said. */
export interface FlowCall {
  /** Since the first call, in ms. */
  readonly atMs: number;
  readonly isLet: boolean;
  /** Tokens that were there when it came, with parts of one. */
  readonly found: number;
  /** Tokens that were left after it. */
  readonly left: number;
  /** What its answer says in `Retry-After`; 0 where it was let in. */
  readonly retryAfterS: number;
}

/** What came of a set-up, up to a moment. */
export interface Flow {
  readonly setup: FlowSetup;
  /** All of them, in order. */
  readonly calls: readonly FlowCall[];
  /** Where the picture ends, in ms. */
  readonly endMs: number;
  /** Up to here the picture has been drawn, in ms. */
  readonly nowMs: number;
}

/** @param nowMs @default the end */
export function flowThrough(setup: FlowSetup, nowMs?: number): Flow {
  const bucket = new TokenBucket(setup);
  const times = timesOf(setup);
  const calls = times.map((atMs): FlowCall => {
    const found = bucket.look(atMs).tokens;
    const { isLet, tokens, retryAfterS } = bucket.take(atMs);
    return { atMs, isLet, found, left: tokens, retryAfterS };
  });
  const last = times.at(-1) ?? 0;
  const endMs = Math.max(1, Math.round(last + Math.max(500, last / 4)));
  return { setup, calls, endMs, nowMs: nowMs ?? endMs };
}

/** Those of them that have come by now. */
export function comeBy({ calls, nowMs }: Flow): readonly FlowCall[] {
  return calls.filter(({ atMs }) => atMs <= nowMs);
}

/** When the calls come, in ms since the first, in order. */
function timesOf({ calls, span, waves, pause }: FlowSetup): number[] {
  const step = span / calls;
  const times = Array.from({ length: waves }, (_none, wave) =>
    Array.from({ length: calls }, (_, index) => wave * pause + index * step),
  );
  return times.flat().sort((a, b) => a - b);
}
