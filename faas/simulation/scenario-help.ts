/** The help text on scenarios for the command line. */

import { helpTable } from '../core/option-help.ts';
import type { OptionTable } from '../core/option.ts';
import { POLICY_OPTIONS } from '../core/scaling/policies.ts';
import { DISTRIBUTIONS } from './distribution.ts';
import { SCENARIO_OPTIONS } from './scenario.ts';
import { WORKLOAD_OPTIONS } from './workload.ts';

export function scenarioHelp(): string {
  return `A scenario is a JSON file:

  {
    "policy": { "name": "keep-alive", "idleTimeoutMs": 60000 },
    "workload": { "is": "poisson", "perSecond": 5, "durationS": 600 },
    "timings": { "start": { "is": "constant", "ms": 40 }, "handler": { "is": "constant", "ms": 50 } }
  }

Beside these three, with their defaults:
${table(SCENARIO_OPTIONS)}

timings: handler, and where they are not 0 start and init, and coldHandler where the first call of an
instance takes another time; each one of
${kinds(DISTRIBUTIONS)}

workload: one of
${kinds(WORKLOAD_OPTIONS)}

policy: by its name, one of
${kinds(POLICY_OPTIONS)}`;
}

function kinds(all: Readonly<Record<string, OptionTable>>): string {
  return Object.entries(all)
    .map(([kind, options]) => `  ${kind}\n${indented(table(options))}`)
    .join('\n');
}

function table(options: OptionTable): string {
  return helpTable(
    Object.entries(options).map(([name, option]) => ({ names: [name], option, setting: 'model' })),
  );
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}
