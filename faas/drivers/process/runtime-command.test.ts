import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { environmentFor, projectVariables } from './runtime-command.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'env-'));
});
afterEach(() => rmSync(root, { recursive: true }));

test('an instance gets the variables of .env and .env.local, and the later file wins', () => {
  expect(projectVariables(root)).toEqual({});
  writeFileSync(join(root, '.env'), 'GREETING="good day"\nLEVEL=1\n# a comment\n');
  writeFileSync(join(root, '.env.local'), 'LEVEL=2\n');
  expect(projectVariables(root)).toEqual({ GREETING: 'good day', LEVEL: '2' });
});

test('variables of the platform cannot be set there', () => {
  writeFileSync(join(root, '.env'), 'PORT=1\nTZ=Europe/Paris\nFAAS_TOKEN=mine\nPATH=/mine\n');
  const env = environmentFor(0, projectVariables(root));
  expect(env).toMatchObject({ PORT: '0', TZ: 'UTC' });
  expect(env['FAAS_TOKEN']).toBeUndefined();
  expect(env['PATH']).toBe(process.env['PATH']);
});

test('of the environment of the start an instance sees no more than it needs to find its way', () => {
  vi.stubEnv('SECRET_OF_THE_START', 'hidden');
  expect(environmentFor(0)).not.toHaveProperty('SECRET_OF_THE_START');
  vi.unstubAllEnvs();
});
