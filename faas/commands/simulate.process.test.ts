import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FUNCTION_TABLES, MACHINE_TABLES } from '../prices/catalog.ts';

function command(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['faas/commands/simulate.ts', ...args], { encoding: 'utf8' });
}

function scenarioFile(scenario: unknown): string {
  const file = join(mkdtempSync(join(tmpdir(), 'scenario-')), 'scenario.json');
  writeFileSync(file, JSON.stringify(scenario));
  return file;
}

const scenario = {
  policy: { name: 'keep-alive', idleTimeoutMs: 1000 },
  workload: { is: 'constant', perSecond: 10, durationS: 60 },
  timings: { start: { is: 'constant', ms: 30 }, handler: { is: 'constant', ms: 50 } },
};

test('a scenario in, a summary out: the numbers are those that can be worked out by hand', () => {
  const { stdout, status } = command(scenarioFile(scenario));
  const result: unknown = JSON.parse(stdout);
  expect(status).toBe(0);
  expect(result).toMatchObject({
    seed: 1,
    requests: { submitted: 600, answered: 600, failed: {}, cold: 1 },
    instances: { started: 1, most: 1 },
    latencyMs: { handler: { count: 600, mean: 50 }, start: { count: 1, mean: 30, max: 30 } },
    usage: { requests: 600, handlerMs: 30_000, coldMs: 30, billed1Ms: 30_030 },
    cost: [...FUNCTION_TABLES, ...MACHINE_TABLES].map(({ id }) => ({ table: id })),
  });
});

test('the same scenario tells the same summary, but for the time it took', () => {
  const file = scenarioFile({ ...scenario, workload: { ...scenario.workload, is: 'poisson' } });
  const told = (): unknown => {
    const result = JSON.parse(command(file).stdout) as Record<string, unknown>;
    return { ...result, realS: 0, cpuS: 0, requestsPerSecond: 0, requestsPerCpuSecond: 0 };
  };
  expect(told()).toEqual(told());
});

test('a mistake goes to stderr with its field, and the command fails', () => {
  const { stdout, stderr, status } = command(scenarioFile({ ...scenario, seed: 'one' }));
  expect([stdout, status]).toEqual(['', 1]);
  expect(stderr).toContain('seed: expected a whole number, found "one"');
});

test('a file that is not there is told as any other mistake', () => {
  expect(command('nowhere.json')).toMatchObject({
    status: 1,
    stderr: 'nowhere.json: expected a file with a scenario, found none\n',
  });
  expect(command('faas').stderr).toBe('faas: expected a file with a scenario, found none\n');
});

test('asked for help it says what a scenario may hold, with units, ranges and defaults', () => {
  const { stdout, stderr, status } = command('--help');
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^usage: npm run -s simulate -- <scenario\.json> \| --schema \| --help\n/);
  expect(stdout).toMatch(/stableWindowMs +60000 +.*\(a number from 6000 to 3600000 ms, a multiple/);
  expect(stdout).toMatch(/peakHour +14 +busiest hour/);
  expect(stdout).toMatch(/p99Ms +one time in a hundred is above it \(a number > 0 ms\)/);
});

test('an initial scale above the maximum is made, as Knative makes it', () => {
  const policy = { name: 'kpa', initialScale: 50, maxScale: 3 };
  const { stdout } = command(scenarioFile({ ...scenario, policy }));
  expect(JSON.parse(stdout)).toMatchObject({ instances: { most: 50 } });
});

test('without a file it says how it is used', () => {
  expect(command()).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/^usage/),
  });
});
