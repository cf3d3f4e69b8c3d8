/** From an empty file to an address that answers: the command of that name, run when the page is built. */

import { execFile } from 'node:child_process';
import { type } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FileAnswer } from '#faas/commands/first-answer.ts';
import { isCalm, untilCalm } from './calm.ts';

/** What came of it. */
export interface RecordedAnswers {
  readonly answers: readonly FileAnswer[];
  /** What it ran on: `Node 24.21.0, Linux`. */
  readonly machine: string;
  /** False when the machine had no time to spare. */
  readonly calm: boolean;
}

const COMMAND = [
  '--disable-warning=ExperimentalWarning',
  'faas/commands/first-answer.ts',
  '--json',
];

/** A build may run on a Node that reads no TypeScript; the course brings one that does. */
const OWN_NODE = join('node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
const NODE = process.features.typescript ? process.execPath : OWN_NODE;

/** How long one waits for the machine. */
const PATIENCE_MS = 5_000;
/** Two starts on a busy machine. */
const LIMIT_MS = 60_000;

/** In development a page is rendered at every change. */
let made: Promise<RecordedAnswers> | undefined;

/** @throws when a function did not answer */
export function recordFirstAnswers(): Promise<RecordedAnswers> {
  made ??= run();
  made.catch(() => (made = undefined));
  return made;
}

async function run(): Promise<RecordedAnswers> {
  const wasCalm = await untilCalm(PATIENCE_MS);
  const { stdout } = await promisify(execFile)(NODE, COMMAND, { timeout: LIMIT_MS });
  const answers = JSON.parse(stdout) as FileAnswer[];
  const calm = wasCalm && (await isCalm());
  return { answers, machine: `Node ${process.versions.node}, ${type()}`, calm };
}
