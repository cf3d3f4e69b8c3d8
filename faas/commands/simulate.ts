/**
 * `npm run -s simulate -- scenario.json`: runs a scenario and prints the results as JSON, with the
 * cost and the speed of the simulation. `--schema` prints the JSON Schema of scenarios, `--help`
 * their options.
 */

import { performance } from 'node:perf_hooks';
import { bill } from '../prices/bill.ts';
import { FUNCTION_TABLES, MACHINE_TABLES } from '../prices/catalog.ts';
import { monthlyBill, rentOf } from '../simulation/month.ts';
import type { Usage } from '../prices/usage.ts';
import { SCENARIO_OPTIONS, simulate, type Scenario } from '../simulation/scenario.ts';
import { loadScenario } from './scenario-file.ts';
import { scenarioHelp } from '../simulation/scenario-help.ts';
import { SCENARIO_JSON_SCHEMA } from '../simulation/scenario-schema.ts';

const USAGE = 'usage: npm run -s simulate -- <scenario.json> | --schema | --help';

const help = (): string => `${USAGE}

  <scenario.json>  simulates it, and prints what came of it and what it would cost, as JSON
  --schema         prints the JSON Schema of scenarios
  --help           prints this

${scenarioHelp()}`;

/** The charge of one provider. */
interface Cost {
  readonly table: string;
  readonly provider: string;
  readonly plan: string;
  readonly region: string;
  readonly currency: string;
  /** For this usage alone, without free quantities and without hourly rent. */
  readonly marginal: number;
  /** For a month of 730 hours at this load, with free quantities and rent. */
  readonly month: number;
}

function costs(scenario: Scenario, usage: Usage, simulatedS: number): Cost[] {
  const { policy, memoryMb = SCENARIO_OPTIONS.memoryMb.default } = scenario;
  const stretch = { usage, seconds: simulatedS, policy, memoryMb };
  return [...FUNCTION_TABLES, ...MACHINE_TABLES].map((table) => ({
    table: table.id,
    provider: table.provider,
    plan: table.plan,
    region: table.region,
    currency: table.currency,
    marginal: bill(table, usage, { ...rentOf(stretch), scope: 'marginal' }).total,
    month: monthlyBill(table, stretch).total,
  }));
}

function run(file: string): string {
  const scenario = loadScenario(file);
  const began = performance.now();
  const cpuBefore = process.cpuUsage();
  const summary = simulate(scenario);
  const cpu = process.cpuUsage(cpuBefore);
  const realS = (performance.now() - began) / 1000;
  const cpuS = (cpu.user + cpu.system) / 1e6;
  const result = {
    scenario: file,
    seed: scenario.seed ?? SCENARIO_OPTIONS.seed.default,
    realS,
    /** Less than `realS` when the machine was busy with other work. */
    cpuS,
    requestsPerSecond: Math.round(summary.requests.submitted / realS),
    requestsPerCpuSecond: Math.round(summary.requests.submitted / cpuS),
    ...summary,
    cost: costs(scenario, summary.usage, summary.simulatedS),
  };
  return JSON.stringify(result, null, 2);
}

/** @throws when the file is not a valid scenario */
function outputOf(argument: string): string {
  if (argument === '--help' || argument === '-h') return help();
  if (argument === '--schema') return JSON.stringify(SCENARIO_JSON_SCHEMA, null, 2);
  return run(argument);
}

function main([argument, ...others]: readonly string[]): number {
  if (argument === undefined || others.length > 0) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  try {
    process.stdout.write(`${outputOf(argument)}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

process.exitCode = main(process.argv.slice(2));
