/**
 * `npm run -s compare -- scenario.json`: runs a scenario's workload on the live platform, then in the
 * simulator with the measured times, and prints the differences.
 */

import { parseArgs } from 'node:util';
import { durationMs } from '../simulation/workload.ts';
import { differences, type Difference } from '../simulation/comparison.ts';
import { measuredSummary } from '../simulation/measured-summary.ts';
import { measuredTimings } from '../simulation/measured-timings.ts';
import { SCENARIO_OPTIONS, simulate } from '../simulation/scenario.ts';
import { percentiles, type Percentiles } from '../simulation/simulation-summary.ts';
import { HANDLER_MS, liveRun } from './live-run.ts';
import { loadScenario } from './scenario-file.ts';

const DEFAULT_URL = `/api/work?waitMs=${HANDLER_MS}`;
const LONGEST_S = 3_600;

const USAGE = `usage: npm run -s compare -- <scenario.json> [--url '${DEFAULT_URL}'] [--json]

  <scenario.json>  is run for real, so of at most ${LONGEST_S} s; npm run -s simulate -- --help says what it may hold
  --url            the function that is called; ${HANDLER_MS} is drawn from timings.handler for each call
  --json           the result as JSON
  --help           prints this
`;

async function compare({ file, url, json }: Asked): Promise<string> {
  const scenario = loadScenario(file);
  const seconds = durationMs(scenario.workload) / 1000;
  if (seconds > LONGEST_S) {
    throw new Error(
      `${file}: workload: expected one of at most ${LONGEST_S} s, since it is run for real, found ${seconds} s`,
    );
  }
  process.stderr.write(`${file}: ${Math.ceil(seconds)} s of ${url} on the live platform …\n`);
  const run = await liveRun({ root: process.cwd(), scenario, url });
  const timings = measuredTimings(run.events);
  const measured = measuredSummary(run.events, run.beganAt);
  const simulated = simulate({ ...scenario, timings });
  const { latencyMs, statuses } = run.callers;
  const result = {
    scenario: file,
    url,
    seed: scenario.seed ?? SCENARIO_OPTIONS.seed.default,
    requests: measured.requests,
    statuses: Object.fromEntries(statuses),
    /** Includes HTTP, which the compared latencies do not. */
    callerMs: percentiles(latencyMs),
    differences: differences(measured, simulated),
  };
  return json ? JSON.stringify(result, null, 2) : tableOf(result.differences, result.callerMs);
}

function tableOf(rows: readonly Difference[], callers: Percentiles): string {
  const lines = rows.map(({ measure, measured, simulated, error, relative }) => [
    measure,
    number(measured),
    number(simulated),
    signed(error, number),
    relative === null ? '' : signed(relative * 100, (value) => `${value.toFixed(1)} %`),
  ]);
  const all = [['', 'measured', 'simulated', 'error', ''], ...lines];
  const widths = [0, 1, 2, 3, 4].map((i) => Math.max(...all.map((line) => (line[i] ?? '').length)));
  const text = all.map((line) =>
    line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))),
  );
  const seen = (['mean', 'p50', 'p90', 'p99'] as const).map(
    (of) => `${of} ${number(callers[of] ?? 0)}`,
  );
  return `${text.map((line) => line.join('   ').trimEnd()).join('\n')}

The callers, HTTP included, waited for ${seen.join(', ')} ms.`;
}

function number(value: number): string {
  return value.toFixed(Math.abs(value) < 1 ? 4 : 2);
}

function signed(value: number, show: (value: number) => string): string {
  return `${value > 0 ? '+' : ''}${show(value)}`;
}

/** The parsed command; null to print the usage. */
type Wish = Asked | null;

interface Asked {
  readonly file: string;
  readonly url: string;
  readonly json: boolean;
}

/** @throws when the arguments are invalid */
function parsed(args: readonly string[]): Wish {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      url: { type: 'string', default: DEFAULT_URL },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) return null;
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) {
    throw new Error(`expected one file with a scenario, found ${positionals.length}`);
  }
  return { file, url: values.url, json: values.json === true };
}

async function main(args: readonly string[]): Promise<number> {
  let asked: Wish;
  try {
    asked = parsed(args);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${USAGE}`);
    return 2;
  }
  if (asked === null) {
    process.stdout.write(USAGE);
    return 0;
  }
  try {
    process.stdout.write(`${await compare(asked)}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
