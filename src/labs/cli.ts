/** `npm run -s lab -- start|check|prove|question …`: labs in a terminal. */

import { watch } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { CheckVerdict } from '#faas/labs/run-checks.ts';
import { checkLab, fileToCheck, type CheckOrder } from './check-lab.ts';
import { checkEach, csvOf } from './each-submission.ts';
import { furtherMutants, type FurtherOrder } from './further-mutants.ts';
import { labIds, readCode, readLab } from './lab-folder.ts';
import { looksLike } from './looks-like.ts';
import { proveAndKeep } from './prove-lab.ts';
import { askAbout } from './question.ts';
import { besidePass, helpFor, onPageOnly } from './page-words.ts';
import { languageOf } from './reader-file.ts';
import { startLab } from './start-lab.ts';
import { summaryText, verdictText } from './verdict-text.ts';

const USAGE = `usage:
  npm run -s lab -- start <lesson>/<lab> [--python] [--seed S]
  npm run -s lab -- check <lesson>/<lab> [--file F] [--only TEXT] [--seed S] [--hint] [--watch] [--json]
  npm run -s lab -- check <lesson>/<lab> --each DIR [--seed S] [--csv]
  npm run -s lab -- check <lesson>/<lab> --mutants DIR [--checks FILE] [--only TEXT]… [--seed S] [--json]
  npm run -s lab -- prove [<lesson>[/<lab>] [--mutants DIR]]
  npm run -s lab -- question FILE [--lab <lesson>/<lab>] [--answer]`;

const OPTIONS = {
  python: { type: 'boolean' },
  file: { type: 'string' },
  only: { type: 'string', multiple: true },
  mutants: { type: 'string' },
  checks: { type: 'string' },
  seed: { type: 'string' },
  watch: { type: 'boolean' },
  json: { type: 'boolean' },
  hint: { type: 'boolean' },
  each: { type: 'string' },
  csv: { type: 'boolean' },
  lab: { type: 'string' },
  answer: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** Saving a file in an editor is often two writes. */
const SETTLE_MS = 100;

const root = process.cwd();

/** Whoever reads has gone, as `head` has: there is nobody left to tell. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const [command, id] = positionals;
  if (values.help) {
    print(USAGE);
    return 0;
  }
  if (command === 'prove') return prove(id, values.mutants);
  if (id === undefined) return misused(`Which lab? There are ${labIds(root).join(', ')}.`);
  if (command === 'question') return question(id, values.lab, values.answer === true);
  if (command === 'start') return start(id, values.python ? 'python' : undefined, values.seed);
  if (command !== 'check') return misused(`There is no command ${String(command)}.`);
  const { file, seed, checks, mutants } = values;
  if (mutants !== undefined) {
    const order = { id, folder: mutants, checks, only: values.only, seed };
    return held(order, values.json === true);
  }
  if (checks !== undefined)
    return misused('--checks is held to wrong functions: add --mutants DIR.');
  const order = { id, file, only: values.only, seed };
  if (values.each !== undefined) return each(id, values.each, seed, values.csv === true);
  const how = { asJson: values.json === true, withHint: values.hint === true };
  return values.watch ? watched(order, how) : check(order, how);
}

function misused(why: string): number {
  process.stderr.write(`${why}\n${USAGE}\n`);
  return 2;
}

function start(id: string, language: 'python' | undefined, seed: string | undefined): number {
  const { file, isNew, title, task } = startLab(root, id, language, seed);
  const where = isNew
    ? `Your start is in ${file}.`
    : `${file} is yours already, and left as it is. To begin again, delete it and start once more.`;
  const lines = [
    where,
    `Check it: npm run -s lab -- check ${id} --file ${file}`,
    onPageOnly(readLab(root, id)),
  ];
  print(`${title}\n\n${task.trim()}\n\n${lines.filter((line) => line !== null).join('\n')}`);
  return 0;
}

/** How what came of a check is told. */
interface Telling {
  readonly asJson: boolean;
  /** Ends with a hint for the first check that fails. */
  readonly withHint: boolean;
}

/** 0 when every check of first light and the contract passed. */
async function check(order: CheckOrder, { asJson, withHint }: Telling): Promise<number> {
  let level = '';
  const verdicts = await checkLab(root, {
    ...order,
    onUsed: (says) => {
      if (!asJson) print(`${says}\n`);
    },
    onProgress: (_check, verdict) => {
      if (verdict === null || asJson) return;
      if (verdict.level !== level) print(verdict.level);
      level = verdict.level;
      print(verdictText(verdict));
    },
  });
  if (asJson) print(JSON.stringify(verdicts));
  else {
    print(`\n${summaryText(verdicts)}`);
    const lab = readLab(root, order.id);
    const file = fileToCheck(root, lab, order.file);
    const says = looksLike(root, lab, languageOf(file), verdicts);
    const beside = isDone(verdicts) ? besidePass(lab, readCode(root, file)) : null;
    for (const line of [says, beside, helpFor(lab, verdicts, withHint), onPageOnly(lab)]) {
      if (line !== null) print(line);
    }
  }
  return isDone(verdicts) ? 0 : 1;
}

/** A line, or a row of CSV, for each file of a folder. 0 when every file holds the contract. */
async function each(
  id: string,
  given: string,
  seed: string | undefined,
  asCsv: boolean,
): Promise<number> {
  const rows = await checkEach(root, {
    id,
    folder: resolve(given),
    seed,
    onDone: ({ file, verdicts, problem }) => {
      // Rows of CSV come at the end, in order; what is done is told beside them.
      const line = `${file}: ${verdicts === null ? problem : summaryText(verdicts)}`;
      if (asCsv) process.stderr.write(`${line}\n`);
      else print(line);
    },
  });
  if (asCsv) print(await csvOf(root, id, rows));
  return rows.every(({ verdicts }) => verdicts !== null && isDone(verdicts)) ? 0 : 1;
}

/** @param given id of the lab @default the one that the file is named for */
async function question(file: string, given: string | undefined, answer: boolean): Promise<number> {
  const name = basename(file).replace(/\.\w+$/, '');
  const id = given ?? labIds(root).find((one) => one.endsWith(`/${name}`));
  if (id === undefined) return misused(`Of which lab is ${file}? Say it with --lab.`);
  const { lab, verdict, lines, says } = await askAbout(root, id, relative(root, resolve(file)));
  print(`${lab.data.title}: a function like yours, but for these lines:\n`);
  for (const line of lines) print(`    ${line}`);
  print(`\nIt fails:\n\n${verdictText(verdict)}\n`);
  print('What goes wrong here, and which of your lines prevents it?');
  if (answer) print(`\n${says}`);
  return 0;
}

/** Holds checks to wrong functions: 0 when each is caught. Its last line counts them. */
async function held(order: FurtherOrder, asJson: boolean): Promise<number> {
  const all = await furtherMutants(root, {
    ...order,
    folder: resolve(order.folder),
    onDone: ({ file, caughtBy }) => {
      if (asJson) return;
      print(caughtBy === null ? `✗ ${file} got away` : `✓ ${file} is caught: ${caughtBy}`);
    },
  });
  const caught = all.filter(({ caughtBy }) => caughtBy !== null).length;
  print(asJson ? JSON.stringify(all) : `caught: ${caught}/${all.length}`);
  return caught === all.length ? 0 : 1;
}

/**
 * Proves all labs, those of a lesson, or one. Its last line counts them.
 *
 * @param mutants folder of further wrong functions of the one lab
 */
async function prove(which: string | undefined, mutants: string | undefined): Promise<number> {
  const ids = labIds(root).filter(
    (id) => which === undefined || id === which || id.startsWith(`${which}/`),
  );
  if (ids.length === 0) return misused(`There is no lab ${String(which)}.`);
  const [only] = ids;
  if (mutants !== undefined && (only === undefined || only !== which)) {
    return misused('--mutants DIR holds wrong functions of one lab: say which, <lesson>/<lab>.');
  }
  let proved = 0;
  for (const id of ids) {
    const { problems, skipped } = await proveAndKeep(root, id);
    for (const line of skipped) print(`- not tried: ${line}`);
    print(problems.length === 0 ? `✓ ${id}` : `✗ ${id}`);
    for (const problem of problems) print(`    ${problem}`);
    if (problems.length === 0) proved += 1;
  }
  print(`proved: ${proved}/${ids.length}`);
  const isProved = proved === ids.length;
  if (mutants === undefined || only === undefined) return isProved ? 0 : 1;
  const areCaught = (await held({ id: only, folder: mutants }, false)) === 0;
  return isProved && areCaught ? 0 : 1;
}

/** Checks now and at each save, until it is interrupted. */
async function watched(order: CheckOrder, how: Telling): Promise<number> {
  await check(order, how);
  const file = order.file ?? '';
  const folders = file === '' ? ['api/lab', 'api/py/lab'] : [dirname(file)];
  let timer: NodeJS.Timeout | undefined;
  const again = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void check(order, how).catch(tell), SETTLE_MS);
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
