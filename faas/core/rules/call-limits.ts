/**
 * The limits before one call: the bucket of its route, the bucket and the quota of its key. A call
 * takes from all of them or from none, so that a refusal costs nothing.
 */

import type { ProblemCode } from '../problem.ts';
import type { Fields } from './fields.ts';
import { PLAN_OPTIONS } from './rule-options.ts';
import type { Throttle, UsagePlan } from './route-rules.ts';
import { Quota } from './quota.ts';
import { TokenBucket } from './token-bucket.ts';

/** What the limits say of a call. */
export interface LimitVerdict {
  /** Null when it is let in. */
  readonly refusal: {
    readonly code: Extract<ProblemCode, 'rate-limited' | 'quota-used-up'>;
    /** Of which limit: `this route`, or `the plan free`. */
    readonly of: string;
    readonly retryAfterS: number;
  } | null;
  /** `RateLimit-Policy` and `RateLimit`, for the answer. */
  readonly fields: Fields;
  /** What is left, for the reader. */
  readonly left: string;
}

/** A limit that has a name in the fields of an answer. */
interface Named {
  readonly name: string;
  /** What it limits, in words. */
  readonly of: string;
  readonly code: 'rate-limited' | 'quota-used-up';
  /** Most calls at once, or in one period. */
  readonly most: number;
  /** In s: from empty to full, or one period. */
  readonly windowS: number;
  look(now: number): LimitState;
  take(now: number): void;
}

interface LimitState {
  readonly isLet: boolean;
  /** Whole calls. */
  readonly left: number;
  readonly retryAfterS: number;
  /** Until all of it is there again. In s. */
  readonly resetS: number;
}

/** The limits of one kind of call: a route, or a key. */
export class CallLimit {
  readonly parts: readonly Named[];

  private constructor(parts: readonly Named[]) {
    this.parts = parts;
  }

  /** One bucket for all calls of a route. */
  static ofRoute(throttle: Throttle): CallLimit {
    return new CallLimit([bucket('route', 'this route', throttle)]);
  }

  /** Bucket and quota of one key. */
  static ofKey(plan: string, { rate, burst, quota, periodS }: UsagePlan): CallLimit {
    const of = `the plan ${plan}`;
    const parts = [bucket('key', of, { rate, burst })];
    if (quota !== undefined) {
      parts.push(calls('quota', of, quota, periodS ?? PLAN_OPTIONS.periodS.default));
    }
    return new CallLimit(parts);
  }
}

/** Asks all limits, and takes from them when all let the call in. The narrowest is asked first. */
export function takeFromAll(limits: readonly CallLimit[], now: number): LimitVerdict {
  const parts = limits.flatMap((limit) => limit.parts);
  const before = parts.map((part) => part.look(now));
  const refused = before.findIndex(({ isLet }) => !isLet);
  if (refused < 0) for (const part of parts) part.take(now);
  const after = refused < 0 ? parts.map((part) => part.look(now)) : before;
  const states = parts.map((part, index) => ({ part, state: after[index] as LimitState }));
  const left = states.map(({ part, state }) => `${state.left} of ${part.most}`).join(', ');
  const fields: Fields = [
    ['ratelimit-policy', states.map(({ part }) => policyOf(part)).join(', ')],
    ['ratelimit', states.map(({ part, state }) => stateOf(part, state)).join(', ')],
  ];
  const culprit = states[refused];
  if (culprit === undefined) return { refusal: null, fields, left };
  const { part, state } = culprit;
  const { code, of } = part;
  return { refusal: { code, of, retryAfterS: state.retryAfterS }, fields, left };
}

/** RateLimit header fields for HTTP (draft-ietf-httpapi-ratelimit-headers-09, March 2025). */
function policyOf({ name, most, windowS }: Named): string {
  return `"${name}";q=${most};w=${windowS}`;
}

function stateOf({ name }: Named, { left, resetS }: LimitState): string {
  return `"${name}";r=${left};t=${resetS}`;
}

function bucket(name: string, of: string, { rate, burst }: Throttle): Named {
  const tokens = new TokenBucket({ rate, burst });
  return {
    name,
    of,
    code: 'rate-limited',
    most: burst,
    windowS: Math.ceil(burst / rate),
    look(now) {
      const { isLet, tokens: left, retryAfterS } = tokens.look(now);
      return {
        isLet,
        left: Math.max(0, Math.floor(left)),
        retryAfterS,
        resetS: tokens.secondsToFull(now),
      };
    },
    take: (now) => void tokens.take(now),
  };
}

function calls(name: string, of: string, most: number, periodS: number): Named {
  const quota = new Quota(most, periodS);
  return {
    name,
    of,
    code: 'quota-used-up',
    most,
    windowS: periodS,
    look(now) {
      const { isLet, calls: left, nextPeriodS } = quota.look(now);
      return { isLet, left, retryAfterS: isLet ? 0 : nextPeriodS, resetS: nextPeriodS };
    },
    take: (now) => void quota.take(now),
  };
}
