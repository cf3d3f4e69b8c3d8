/** `npm run -s lab -- start|check|prove …`: labs in a terminal. */

import { watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { CheckVerdict } from '#faas/labs/run-checks.ts';
import { checkLab, type CheckOrder } from './check-lab.ts';
import { labIds } from './lab-folder.ts';
import { proveLab } from './prove-lab.ts';
import { startLab } from './start-lab.ts';
import { summaryText, verdictText } from './verdict-text.ts';

const USAGE = `usage:
  npm run -s lab -- start <lesson>/<lab> [--python] [--seed S]
  npm run -s lab -- check <lesson>/<lab> [--file F] [--only TEXT] [--seed S] [--watch] [--json]
  npm run -s lab -- prove [<lesson>[/<lab>]]`;

const OPTIONS = {
  python: { type: 'boolean' },
  file: { type: 'string' },
  only: { type: 'string' },
  seed: { type: 'string' },
  watch: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

/** Saving a file in an editor is often two writes. */
const SETTLE_MS = 100;

const root = process.cwd();

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const [command, id] = positionals;
  if (command === 'prove') return prove(id);
  if (id === undefined) return misused(`Which lab? There are ${labIds(root).join(', ')}.`);
  if (command === 'start') return start(id, values.python ? 'python' : undefined, values.seed);
  if (command !== 'check') return misused(`There is no command ${String(command)}.`);
  const { file, only, seed } = values;
  const order = { id, file, only, seed };
  return values.watch ? watched(order) : check(order, values.json === true);
}

function misused(why: string): number {
  process.stderr.write(`${why}\n${USAGE}\n`);
  return 2;
}

function start(id: string, language: 'python' | undefined, seed: string | undefined): number {
  const { file, isNew, title, task } = startLab(root, id, language, seed);
  const where = isNew
    ? `Your start is in ${file}.`
    : `${file} is yours already, and left as it is.`;
  print(
    `${title}\n\n${task.trim()}\n\n${where}\nCheck it: npm run -s lab -- check ${id} --file ${file}`,
  );
  return 0;
}

/** 0 when every check of first light and the contract passed. */
async function check(order: CheckOrder, asJson = false): Promise<number> {
  let level = '';
  const verdicts = await checkLab(root, {
    ...order,
    onProgress: (_check, verdict) => {
      if (verdict === null || asJson) return;
      if (verdict.level !== level) print(verdict.level);
      level = verdict.level;
      print(verdictText(verdict));
    },
  });
  print(asJson ? JSON.stringify(verdicts) : `\n${summaryText(verdicts)}`);
  return isDone(verdicts) ? 0 : 1;
}

/** Proves all labs, those of a lesson, or one. Its last line counts them. */
async function prove(which: string | undefined): Promise<number> {
  const ids = labIds(root).filter(
    (id) => which === undefined || id === which || id.startsWith(`${which}/`),
  );
  if (ids.length === 0) return misused(`There is no lab ${String(which)}.`);
  let proved = 0;
  for (const id of ids) {
    const { problems, skipped } = await proveLab(root, id);
    for (const line of skipped) print(`- not tried: ${line}`);
    print(problems.length === 0 ? `✓ ${id}` : `✗ ${id}`);
    for (const problem of problems) print(`    ${problem}`);
    if (problems.length === 0) proved += 1;
  }
  print(`proved: ${proved}/${ids.length}`);
  return proved === ids.length ? 0 : 1;
}

/** Checks now and at each save, until it is interrupted. */
async function watched(order: CheckOrder): Promise<number> {
  await check(order);
  const file = order.file ?? '';
  const folders = file === '' ? ['api/lab', 'api/py/lab'] : [dirname(file)];
  let timer: NodeJS.Timeout | undefined;
  const again = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void check(order).catch(tell), SETTLE_MS);
  };
  for (const folder of folders) {
    try {
      watch(join(root, folder), again);
    } catch {
      // The folder of the other language is not there.
    }
  }
  print('\nWatching; press Ctrl+C to end.');
  return new Promise(() => undefined);
}

function isDone(verdicts: readonly CheckVerdict[]): boolean {
  return verdicts.every(({ level, passed }) => passed || level === 'edges');
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function tell(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
}

try {
  process.exitCode = await main();
} catch (error) {
  tell(error);
  process.exitCode = 2;
}
