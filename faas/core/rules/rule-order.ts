/** The order in which the front door checks, and what each check may answer. */

import type { ProblemCode } from '../problem.ts';
import type { RouteRules } from './route-rules.ts';

/** A kind of rule, as `api/_platform.json` names it. */
export type RuleName = keyof RouteRules;

/** One check of the front door. */
export interface RuleCheck {
  readonly rule: RuleName;
  /** What it asks, for the reader. */
  readonly asks: string;
  /** What it refuses with. Their statuses are in `PROBLEMS`. */
  readonly refusals: readonly ProblemCode[];
}

/**
 * What costs least comes first: comparing texts, then counting, then a signature, then a body. The time
 * limit begins when all have passed.
 */
export const RULE_ORDER = [
  { rule: 'cors', asks: 'Is it a preflight?', refusals: ['origin-refused'] },
  { rule: 'keys', asks: 'Which key does it bring?', refusals: ['key-missing', 'key-refused'] },
  { rule: 'throttle', asks: 'Is a token left?', refusals: ['rate-limited', 'quota-used-up'] },
  {
    rule: 'authorizer',
    asks: 'Who calls, and may they?',
    refusals: ['not-signed-in', 'not-allowed', 'foreign-origin', 'rule-unavailable'],
  },
  {
    rule: 'validation',
    asks: 'Has it the right form?',
    refusals: ['invalid-request', 'unsupported-type'],
  },
  { rule: 'cache', asks: 'Is the answer known?', refusals: ['not-in-cache'] },
  { rule: 'timeLimit', asks: 'Is it answered in time?', refusals: ['door-timed-out'] },
] as const satisfies readonly RuleCheck[];
