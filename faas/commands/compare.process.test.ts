import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

function command(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['faas/commands/compare.ts', ...args], { encoding: 'utf8' });
}

function scenarioFile(scenario: unknown): string {
  const file = join(mkdtempSync(join(tmpdir(), 'scenario-')), 'scenario.json');
  writeFileSync(file, JSON.stringify(scenario));
  return file;
}

/** Two calls at once, twice, so far apart that the first instances are gone: the outcome is certain. */
const scenario = {
  policy: { name: 'keep-alive', idleTimeoutMs: 0 },
  workload: { is: 'bursts', size: 2, everyS: 2, durationS: 4 },
  timings: { handler: { is: 'constant', ms: 5 } },
};

interface Result {
  readonly url: string;
  readonly requests: object;
  readonly statuses: object;
  readonly callerMs: { readonly count: number };
  readonly differences: readonly { measure: string; measured: number; error: number }[];
}

test('a workload is run for real and simulated, and each measure has its error', () => {
  const { stdout, stderr, status } = command(scenarioFile(scenario), '--json');
  expect(stderr).toContain('4 s of /api/work?waitMs={ms} on the live platform');
  expect(status).toBe(0);
  const { requests, statuses, callerMs, differences } = JSON.parse(stdout) as Result;
  expect(requests).toEqual({ submitted: 4, answered: 4, cold: 4, coldShare: 1 });
  expect(statuses).toEqual({ 200: 4 });
  expect(callerMs.count).toBe(4);
  const of = (measure: string) => differences.find((one) => one.measure === measure);
  expect(of('cold share')).toMatchObject({ measured: 1, simulated: 1, error: 0 });
  expect(of('instances, most')).toMatchObject({ measured: 2, simulated: 2, error: 0 });
  // The simulator runs with the measured times.
  const latency = of('latency mean, ms');
  expect(latency?.measured).toBeGreaterThan(5);
  expect(Math.abs(latency?.error ?? NaN)).toBeLessThan(latency?.measured ?? NaN);
});

test('another function is called by its URL, and the result reads as a table', () => {
  const brief = { ...scenario, workload: { is: 'constant', perSecond: 2, durationS: 1 } };
  const { stdout, status } = command(scenarioFile(brief), '--url', '/api/hello?name=Ada');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^ +measured +simulated +error\n/);
  expect(stdout).toMatch(/^cold share +1\.00 +1\.00 +0\.0000 +0\.0 %$/m);
  expect(stdout).toMatch(/^The callers, HTTP included, waited for mean [\d.]+, /m);
});

test('asked for help it says what it takes', () => {
  const { stdout, stderr, status } = command('--help');
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^usage: npm run -s compare -- <scenario\.json> \[--url/);
});

test.for([
  ['no file', [], 2, /expected one file with a scenario, found 0\nusage/],
  ['two files', ['one.json', 'two.json'], 2, /expected one file with a scenario, found 2\nusage/],
  ['an unknown option', ['one.json', '--policy'], 2, /Unknown option '--policy'[^]*usage/],
  [
    'a file that is not there',
    ['nowhere.json'],
    1,
    /nowhere\.json: expected a file with a scenario, found none/,
  ],
  [
    'a function that is not there',
    [scenarioFile(scenario), '--url', '/api/nothing'],
    1,
    /\/api\/nothing: expected the URL of a function that answers GET, one of \/api\/.*\/api\/counter, /,
  ],
  [
    'a workload of a day',
    [scenarioFile({ ...scenario, workload: { is: 'day', lowPerSecond: 0, highPerSecond: 1 } })],
    1,
    /workload: expected one of at most 3600 s, since it is run for real, found 86400 s/,
  ],
] as const)('%s is refused with what was expected', ([, args, expected, message]) => {
  const { status, stdout, stderr } = command(...args);
  expect([status, stdout]).toEqual([expected, '']);
  expect(stderr).toMatch(message);
});
