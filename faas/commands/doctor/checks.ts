/** What `npm run doctor` looks at, in the order in which it is to be mended. */

import { browserCheck } from './browser.ts';
import type { Check } from './check.ts';
import { nodeCheck } from './node.ts';
import { npmCheck } from './npm.ts';
import { portCheck } from './port.ts';
import { postgresCheck } from './postgres.ts';
import { pythonCheck } from './python.ts';

export const CHECKS: readonly Check[] = [
  { name: 'Node', look: () => nodeCheck(process.env) },
  { name: 'npm', look: () => npmCheck(process.cwd()) },
  { name: 'Python', look: () => pythonCheck(process.env) },
  { name: 'Database', look: () => postgresCheck(process.cwd(), process.env) },
  { name: 'Browser', look: () => browserCheck(process.env) },
  { name: 'Port', look: () => portCheck(process.env) },
];
