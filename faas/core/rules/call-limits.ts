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
  /** What it limits, in words. */
  readonly of: string;
  readonly code: 'rate-limited' | 'quota-used-up';
  /** Most calls at once, or in one period. */
  readonly most: number;
  /** Its `RateLimit-Policy`. */
  readonly policy: string;
  look(now: number): { readonly isLet: boolean; readonly retryAfterS: number };
  take(now: number): void;
  /** Whole calls that are left. */
  left(now: number): number;
  /** Its `RateLimit`. */
  state(now: number): string;
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
export function takeFromAll(parts: readonly Named[], now: number): LimitVerdict {
  const refused = parts.find((part) => !part.look(now).isLet);
  if (refused === undefined) for (const part of parts) part.take(now);
  let policies = '';
  let states = '';
  let left = '';
  for (const part of parts) {
    const comma = policies === '' ? '' : ', ';
    policies += comma + part.policy;
    states += comma + part.state(now);
    left += `${comma}${part.left(now)} of ${part.most}`;
  }
  const fields: Fields = [
    ['ratelimit-policy', policies],
    ['ratelimit', states],
  ];
  if (refused === undefined) return { refusal: null, fields, left };
  const { code, of } = refused;
  return { refusal: { code, of, retryAfterS: refused.look(now).retryAfterS }, fields, left };
}

/** RateLimit header fields for HTTP (draft-ietf-httpapi-ratelimit-headers-09, March 2025). */
function policyOf(name: string, most: number, windowS: number): string {
  return `"${name}";q=${most};w=${windowS}`;
}

function stateOf(name: string, left: number, resetS: number): string {
  return `"${name}";r=${left};t=${resetS}`;
}

function bucket(name: string, of: string, { rate, burst }: Throttle): Named {
  const tokens = new TokenBucket({ rate, burst });
  const left = (now: number): number => Math.max(0, Math.floor(tokens.look(now).tokens));
  return {
    of,
    code: 'rate-limited',
    most: burst,
    policy: policyOf(name, burst, Math.ceil(burst / rate)),
    look: (now) => tokens.look(now),
    take: (now) => void tokens.take(now),
    left,
    state: (now) => stateOf(name, left(now), tokens.secondsToFull(now)),
  };
}

function calls(name: string, of: string, most: number, periodS: number): Named {
  const quota = new Quota(most, periodS);
  return {
    of,
    code: 'quota-used-up',
    most,
    policy: policyOf(name, most, periodS),
    look(now) {
      const { isLet, nextPeriodS } = quota.look(now);
      return { isLet, retryAfterS: isLet ? 0 : nextPeriodS };
    },
    take: (now) => void quota.take(now),
    left: (now) => quota.look(now).calls,
    state(now) {
      const { calls: left, nextPeriodS } = quota.look(now);
      return stateOf(name, left, nextPeriodS);
    },
  };
}
