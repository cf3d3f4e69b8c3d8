/** The option `--policy` of `npm start`: `--policy kpa --policy /api/work=fixed:servers=2`. */

import { helpTable } from '../core/option-help.ts';
import { POLICY_OPTIONS } from '../core/scaling/policies.ts';
import { parsePolicy } from '../core/scaling/policy-choice.ts';
import type { PlanOptions } from '../core/scaling/policy-plan.ts';

/** The policy for all functions, and those for single ones by path. */
export type StartPolicies = Pick<PlanOptions, 'everywhere' | 'own'>;

/**
 * @param texts each a policy for all functions, or for one as `/path=policy`
 * @param source of the texts, for messages: `--policy`
 * @throws with what was expected, what came, and the cure
 */
export function parsePolicies(texts: readonly string[], source: string): StartPolicies {
  const policies: { everywhere?: NonNullable<PlanOptions['everywhere']> } = {};
  const own: Record<string, NonNullable<PlanOptions['everywhere']>> = {};
  for (const text of texts) {
    const [, path, policy = text] = /^(\/[^=]*)=(.*)$/s.exec(text) ?? [];
    try {
      const choice = parsePolicy(policy);
      if (path === undefined) policies.everywhere = choice;
      else own[path] = choice;
    } catch (error) {
      throw new Error(`${source} is "${text}". ${(error as Error).message}`, { cause: error });
    }
  }
  return { ...policies, own };
}

/** @param paths of all functions. @throws when a policy names another function */
export function checkFunctions({ own = {} }: StartPolicies, paths: readonly string[]): void {
  const unknown = Object.keys(own).find((path) => !paths.includes(path));
  if (unknown === undefined) return;
  throw new Error(
    `A policy is for ${unknown}, and no function is there. Expected one of ${paths.join(', ')}.`,
  );
}

/** The part of the help text that lists all policies with their options. */
export function policyHelp(): string {
  const all = Object.entries(POLICY_OPTIONS).map(([policy, options]) => {
    const rows = Object.entries(options).map(([name, option]) => ({ names: [name], option }));
    return `${policy}\n${helpTable(rows)}`;
  });
  return `A policy is [function=]name[:option=value,…], for all functions or for one. --policy may be
given more than once; FAAS_POLICY has spaces between. What is left out has its default.

  npm start -- --policy kpa:target=1,stableWindowMs=6000
  npm start -- --policy /api/work=concurrent:concurrency=10 --policy /api/hello=fixed:servers=2

The policies and their options:

${all.join('\n\n')}`;
}
