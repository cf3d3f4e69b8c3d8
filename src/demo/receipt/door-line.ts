/** What the front door decided about a call, and what that cost. */

import { html, type Markup } from '#src/components/markup.ts';
import type { Run, RuleNote } from '#src/demo/places/place.ts';

/** The line of a receipt; null where no rule has looked at the call. */
export function doorLine({ rules = [] }: Run): Markup | null {
  const last = rules.at(-1);
  if (last === undefined) return null;
  const passed = rules.filter(({ outcome }) => outcome === 'passed');
  const all = passed.length === rules.length ? passed : [last];
  return html`<p class="proof"><strong>Front door.</strong> ${all.map(
    ({ rule, why }) => html`<code>${rule}</code>: ${why} `,
  )}${costOf(last)}</p>`;
}

/** Whether a rule kept the call from its function. */
export function isKeptOut({ rules = [] }: Run): boolean {
  const last = rules.at(-1);
  return last?.outcome === 'refused' && last.rule !== 'timeLimit';
}

/** Whether it asked for no instance, so that there is nothing to pay for: kept out, or answered by the door. */
export function isDoors(run: Run): boolean {
  return isKeptOut(run) || run.rules?.at(-1)?.outcome === 'answered';
}

function costOf({ rule, outcome }: RuleNote): string {
  if (rule === 'timeLimit') return 'The call that goes on is paid for.';
  if (outcome === 'passed') return 'The check cost nothing; what follows is the function’s.';
  return 'It cost nothing: no instance was asked.';
}
