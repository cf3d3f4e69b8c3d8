/**
 * `npm test` runs everything; `npm run check` only what needs no running site. Each stage prints
 * what it does, all stages run even after a failure, and the last line counts what really ran.
 */

import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './fixtures/browser.ts';

const RESULTS = 'test/results';

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

/** A stage is one command. It counts as one test unless it can count its own. */
interface Stage {
  readonly name: string;
  readonly command: readonly [tool: string, ...args: string[]];
  readonly vitest?: true;
  /** Variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Of what a stage prints while others run beside it. */
const MOST_OUTPUT_BYTES = 50_000_000;

/** Each of these keeps one core busy and says little: they run at once. */
const CHECK: readonly Stage[] = [
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'lint', command: ['eslint', '--max-warnings', '0', '.'] },
  { name: 'types', command: ['astro', 'check'] },
  { name: 'lessons', command: ['node', 'src/authoring/cli.ts'] },
];

const LAWS: Stage = { name: 'laws', ...vitest('laws', '--project', 'fast', 'test/laws') };

const TESTS: readonly Stage[] = [
  {
    name: 'fast',
    ...vitest('fast', '--project', 'fast', '--project', 'apart'),
    env: { LAW_CALLS: '100000' },
  },
  { name: 'processes', ...vitest('processes', '--project', 'processes') },
  { name: 'build', command: ['astro', 'build'] },
  { name: 'browser', ...vitest('browser', '--project', 'browser') },
];

function vitest(name: string, ...args: string[]): Omit<Stage, 'name'> {
  const output = `--outputFile.json=${join(RESULTS, `${name}.json`)}`;
  return {
    command: ['vitest', 'run', ...args, '--reporter=default', '--reporter=json', output],
    vitest: true,
  };
}

const SHELL = { shell: process.platform === 'win32' };

function announce({ name, command }: Stage): void {
  console.log(`\n── ${name}: ${command.join(' ')}`);
}

/** Runs one stage, whose output appears as it comes. */
function run(stage: Stage): Count {
  announce(stage);
  const [tool, ...args] = stage.command;
  const env = { ...process.env, ...stage.env };
  const { status } = spawnSync(tool, args, { stdio: 'inherit', env, ...SHELL });
  return count(stage, status === 0);
}

/** Runs stages side by side. The output of each appears when it has ended. */
function runAtOnce(stages: readonly Stage[]): Promise<Count[]> {
  const ending = stages.map(
    (stage) =>
      new Promise<Count>((resolve) => {
        const [tool, ...args] = stage.command;
        const options = { ...SHELL, maxBuffer: MOST_OUTPUT_BYTES };
        execFile(tool, args, options, (error, stdout, stderr) => {
          announce(stage);
          process.stdout.write(stdout + stderr);
          if (error !== null && stdout + stderr === '') console.log(error.message);
          resolve(count(stage, error === null));
        });
      }),
  );
  return Promise.all(ending);
}

function count(stage: Stage, ok: boolean): Count {
  const counted = stage.vitest === true ? countTests(stage.name) : null;
  if (counted === null) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  // A run can fail without a failed test: a file that does not load, an error between tests.
  return ok || counted.failed > 0 ? counted : { ...counted, failed: 1 };
}

/** Null when the run ended before it wrote its results. */
function countTests(name: string): Count | null {
  try {
    const result = JSON.parse(readFileSync(join(RESULTS, `${name}.json`), 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
      numPendingTests: number;
      numTodoTests: number;
    };
    return {
      passed: result.numPassedTests,
      failed: result.numFailedTests,
      skipped: result.numPendingTests + result.numTodoTests,
    };
  } catch {
    return null;
  }
}

async function main(): Promise<number> {
  const checkOnly = process.argv[2] === 'check';
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });
  if (!checkOnly) console.log(`Browser: ${ensureBrowser()}`);
  const inTurn = checkOnly ? [LAWS] : TESTS;
  const counts = [...(await runAtOnce(CHECK)), ...inTurn.map(run)];
  const total: Count = { passed: 0, failed: 0, skipped: 0 };
  const failedStages: string[] = [];
  for (const [n, stage] of [...CHECK, ...inTurn].entries()) {
    const { passed = 0, failed = 0, skipped = 0 } = counts[n] ?? {};
    if (failed > 0) failedStages.push(stage.name);
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  if (failedStages.length > 0) console.log(`\nFailed: ${failedStages.join(', ')}`);
  if (total.skipped > 0)
    console.log(`\nSkipped: ${String(total.skipped)}, each with its reason above`);
  console.log(`\n${String(total.passed)} passed, ${String(total.failed)} failed`);
  return total.failed === 0 ? 0 : 1;
}

process.exitCode = await main();
