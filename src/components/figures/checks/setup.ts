/** The checks of the front door in their order, and what is said of each. The order is the core's own. */

import { PROBLEMS } from '#faas/core/problem.ts';
import { RULE_ORDER, type RuleName } from '#faas/core/rules/rule-order.ts';

/** One check, as the figure shows it. */
export interface ShownCheck {
  readonly asks: string;
  /** Statuses that it refuses with, each once, in order. */
  readonly statuses: readonly number[];
  /** What it does, in a sentence or two. */
  readonly meaning: string;
}

/** After this check the handler runs. */
const LAST_BEFORE_HANDLER: RuleName = 'cache';

const MEANINGS: Readonly<Record<RuleName, string>> = {
  cors: 'A browser asks by itself whether a page of another origin may call. The door answers, yes or no.',
  keys: 'Where the route wants an API key, a call needs one that is known. A wrong one costs no token.',
  throttle: 'A token is taken from the bucket of the route, and one from that of the key.',
  authorizer:
    'A signature is checked, to find out who calls: 401 where nobody knows, 403 where it is known and not enough.',
  validation: 'Body and query are compared with a description of what they must look like.',
  cache:
    'If the same was asked a moment ago, that answer is given again, and the handler does not run.',
  timeLimit: 'When the door has waited long enough it answers 504. The handler is not stopped.',
};

/** Each check in its order; those before the handler, and those while it runs. */
export function shownChecks(): { readonly before: ShownCheck[]; readonly during: ShownCheck[] } {
  const checks = RULE_ORDER.map(({ rule, asks, refusals }) => {
    const codes: readonly (keyof typeof PROBLEMS)[] = refusals;
    // What the cache cannot answer goes on, and a check that cannot be made is no refusal.
    const refused = rule === 'cache' ? [] : codes.filter((code) => code !== 'rule-unavailable');
    const statuses = refused.map((code): number => PROBLEMS[code].status);
    // A preflight that is allowed is answered here as well.
    if (rule === 'cors') statuses.unshift(204);
    return { asks, statuses: [...new Set(statuses)], meaning: MEANINGS[rule] };
  });
  const end = RULE_ORDER.findIndex(({ rule }) => rule === LAST_BEFORE_HANDLER) + 1;
  return { before: checks.slice(0, end), during: checks.slice(end) };
}
