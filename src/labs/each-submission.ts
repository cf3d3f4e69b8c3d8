/**
 * `lab check --each DIR`: checks every file of a folder, each by a process of its own that is limited
 * in time, so that one that hangs costs its own row and nothing else. The submission itself runs in a
 * further process, limited in memory, that may start no others.
 */

import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LEVELS } from '#faas/labs/lab-check.ts';
import type { CheckVerdict } from '#faas/labs/run-checks.ts';
import { checksOf, readLab } from './lab-folder.ts';

/** What came of one file. */
export interface Submission {
  /** Path in the folder. */
  readonly file: string;
  /** Null when it could not be checked. */
  readonly verdicts: readonly CheckVerdict[] | null;
  /** Why it could not be checked, or did not load; empty when neither happened. */
  readonly problem: string;
}

/** What is checked, and how long a file may take. */
export interface EachOrder {
  readonly id: string;
  readonly folder: string;
  readonly seed?: string | undefined;
  /** @default 120_000 */
  readonly limitMs?: number;
  readonly onDone?: (submission: Submission) => void;
}

const CLI = fileURLToPath(new URL('cli.ts', import.meta.url));
const LIMIT_MS = 120_000;
const CODE = /\.(m?[tj]s|py)$/;

/** Rows in order of their files. @throws when the lab or the folder is not there */
export async function checkEach(root: string, order: EachOrder): Promise<Submission[]> {
  readLab(root, order.id);
  const files = readdirSync(order.folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => CODE.test(file) && !/(^|[\\/])(node_modules|__pycache__|\.)/.test(file))
    .sort();
  if (files.length === 0) throw new Error(`${order.folder} holds no file of TypeScript or Python.`);
  const rows: Submission[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let mine = next++; mine < files.length; mine = next++) {
      const row = await checkOne(root, order, files[mine] ?? '');
      rows[mine] = row;
      order.onDone?.(row);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return rows;
}

async function checkOne(
  root: string,
  { id, folder, seed, limitMs = LIMIT_MS }: EachOrder,
  file: string,
): Promise<Submission> {
  const path = relative(root, join(folder, file));
  const seeded = seed === undefined ? [] : ['--seed', seed];
  const args = ['check', id, '--file', path, '--json', ...seeded];
  const flags = ['--disable-warning=ExperimentalWarning', '--max-old-space-size=512'];
  const child = spawn(process.execPath, [...flags, CLI, ...args], { cwd: root });
  let out = '';
  let error = '';
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (error += text.toString()));
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill('SIGKILL');
  }, limitMs);
  await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  const shown = file.replaceAll('\\', '/');
  if (isLate) return { file: shown, verdicts: null, problem: `not over after ${limitMs / 1000} s` };
  try {
    const verdicts = JSON.parse(out) as CheckVerdict[];
    return { file: shown, verdicts, problem: loadProblem(verdicts) };
  } catch {
    return { file: shown, verdicts: null, problem: error.trim().split('\n')[0] ?? 'no result' };
  }
}

/** Why the file did not load, where that is what its checks failed of. */
function loadProblem(verdicts: readonly CheckVerdict[]): string {
  const came = verdicts.map(({ failure }) => failure?.came ?? '');
  const found = came.map((text) => /since the file did not load: ([^]*)/.exec(text)?.[1]);
  return found.find((text) => text !== undefined)?.replaceAll(/\s+/g, ' ') ?? '';
}

/** A header, and a row a file: a column each for every check and for every level. */
export async function csvOf(
  root: string,
  id: string,
  rows: readonly Submission[],
): Promise<string> {
  const checks = await checksOf(root, readLab(root, id));
  const levels = LEVELS.filter((level) => checks.some((check) => check.level === level));
  const header = ['file', 'contract held', ...levels, ...checks.map(({ name }) => name), 'problem'];
  const lines = rows.map(({ file, verdicts, problem }) => {
    const all = verdicts ?? [];
    const held = all.filter(({ level }) => level === 'contract');
    const isDone = held.length > 0 && held.every(({ passed }) => passed);
    const counts = levels.map((level) => {
      const of = all.filter((verdict) => verdict.level === level);
      return `${of.filter(({ passed }) => passed).length} of ${checks.filter((check) => check.level === level).length}`;
    });
    const passed = checks.map(({ name }) => {
      const verdict = all.find((one) => one.name === name);
      return verdict === undefined ? '' : verdict.passed ? 'yes' : 'no';
    });
    return [file, isDone ? 'yes' : 'no', ...counts, ...passed, problem];
  });
  return [header, ...lines].map((line) => line.map(cell).join(',')).join('\r\n');
}

/** As RFC 4180 writes it. A spreadsheet takes a cell that begins so for a formula. */
function cell(text: string): string {
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
