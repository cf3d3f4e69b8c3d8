/**
 * `npm run bench -- --data`: what stands around a function, each as a ratio to the same without it, in one
 * run on one machine. Prints its table and writes it to `bench/data/RESULTS.md`.
 */

import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { machine } from '../machine.ts';
import { dataTable } from './data-row.ts';
import { clicksTable } from './click-row.ts';
import { measureClicks } from './composition.ts';
import { measureQueue, queueTableText } from './queue.ts';
import { measureRules } from './rules.ts';
import { measureStore, storeTables } from './store.ts';
import { measureTicks, ticksTableText } from './ticks.ts';

/** For `--help`. */
export const DATA_HELP =
  'npm run bench -- --data: what stands around a function, the rules of the front door, the database and calls between functions, and writes bench/data/RESULTS.md.\n';

/** @param tell progress, for the terminal */
export async function benchData(tell: (text: string) => void): Promise<void> {
  const [busy = 0] = loadavg();
  tell('rules of the front door');
  const rows = await measureRules();
  tell('the functions’ database');
  const store = await measureStore();
  tell('the queue');
  const queue = await measureQueue();
  tell('a click through four functions');
  const clicks = await measureClicks();
  const text = `# What stands around a function

${new Date().toISOString().slice(0, 10)}, ${machine()}; load average before the run: ${busy.toFixed(1)}.

A warm call through the platform to a function that answers at once, with and without, in turn; the
least of the rounds, since other work on the machine can only add to one. \`npm run bench -- --data\` makes this file.

${dataTable(rows)}

## The database

The same query by \`pg\` from the process that measures, by \`/sql\`, and by a call of the guestbook, in
turn; the least of the rounds. That process is none of the platform's, as a reader's browser is none.
Memory is of all processes, with pages that they share counted once (Pss). The bare program has its own
settings; medians.

${storeTables(store)}

## The queue

Ten messages at a time: taken, and acknowledged. By the platform's own delivery, to a function that answers
at once, and by a loop over the same statements with \`pg\`; in turn, the least of the rounds.

${queueTableText(queue)}

## A click through four functions

Each function calls the next over HTTP, at the front door, and waits for it. Beside it the same four calls,
made one after another from outside, and warm as well; the least of the rounds.

${clicksTable(clicks)}

## The autoscaler's ticks

What the figure of the autoscaler reckons; the least of the rounds.

${ticksTableText(measureTicks())}
`;
  process.stdout.write(`\n${text}`);
  writeFileSync(join(import.meta.dirname, 'RESULTS.md'), text);
}
