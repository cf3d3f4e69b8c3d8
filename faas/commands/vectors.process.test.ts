import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const shared = fileURLToPath(new URL('../../../shared/vectors/', import.meta.url));

function command(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['faas/commands/vectors.ts', ...args], { encoding: 'utf8' });
}

test.for([
  ['kpa/upstream-cases.json', 32],
  ['kpa/random-traces.json', 30],
  ['kpa/aggregation-traces.json', 40],
  ['simfaas/reference.json', 3],
] as const)('%s agree in every case', ([name, cases], { skip }) => {
  const path = join(shared, name);
  if (!existsSync(path)) skip(`no reference data at ${path}`);
  expect(command(path)).toMatchObject({ status: 0, stdout: `agree: ${cases}/${cases}\n` });
});

test('asked for help it says what it takes', () => {
  expect(command('--help')).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^usage: npm run -s vectors -- <file>/),
    stderr: '',
  });
});

test('without a file it says what was expected, and how it is used', () => {
  expect(command()).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/^Expected one file of reference vectors or more.*\nusage/),
  });
});

test('a file that is not there is told, and the command fails', () => {
  expect(command('nowhere.json')).toMatchObject({
    status: 1,
    stderr: 'nowhere.json: expected a file of reference vectors, found none.\n',
  });
});
