import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { execPath } from 'node:process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { configuredPython, findPython, readPython } from './python-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'python-'));
afterAll(() => rmSync(folder, { recursive: true }));

const printed = (stdout: string) => ({ stdout, stderr: '', error: null });

test('the program is the one that is set, else python3', () => {
  expect(configuredPython({})).toBe('python3');
  expect(configuredPython({ FAAS_PYTHON: '' })).toBe('python3');
  expect(configuredPython({ FAAS_PYTHON: 'python' })).toBe('python');
});

test('a new enough one is known by its own path', () => {
  expect(readPython('python3', printed('3 11 /usr/bin/python3.11\n'))).toEqual({
    version: '3.11',
    executable: '/usr/bin/python3.11',
    missing: null,
  });
});

test('an old one is missing, with a cure', () => {
  expect(readPython('python3', printed('3 8 /usr/bin/python3.8\n')).missing).toMatch(
    /^python3 is version 3\.8\. Install Python 3\.9 or newer/,
  );
});

describe('what is missing is said as it happened, with a cure', () => {
  const reason = async (program: string): Promise<string> => {
    const { missing } = await findPython(program);
    expect(missing).toContain('Install Python 3.9 or newer');
    return missing ?? '';
  };

  test('no such program', async () => {
    expect(await reason('no-such-python')).toMatch(
      /^No program called no-such-python was found\. Install/,
    );
  });

  test('a program that is something else', async () => {
    expect(await reason(execPath)).toMatch(/ ended with exit code 9 when .*, and said ".*-I/);
    expect(readPython('echo', printed('-I -c\n')).missing).toMatch(
      /^echo printed "-I -c" when it was asked for its version; it is no Python\./,
    );
    expect(readPython('true', printed('')).missing).toMatch(/^true printed nothing when /);
  });

  test.skipIf(process.platform === 'win32')('a script that finds no Python', async () => {
    const shim = join(folder, 'shim');
    writeFileSync(shim, '#!/bin/sh\necho "pyenv: python3: command not found" >&2\nexit 127\n');
    chmodSync(shim, 0o755);
    expect(await reason(shim)).toContain(
      'ended with exit code 127 when it was asked for its version, and said "pyenv: python3: command not found".',
    );
    chmodSync(shim, 0o644);
    expect(await reason(shim)).toContain('could not be run (EACCES)');
  });

  test('one that is killed, or waited for in vain', () => {
    const silent = { stdout: '', stderr: '' };
    const late = {
      ...silent,
      error: { code: null, killed: true, signal: 'SIGKILL' },
    } as const;
    const killed = {
      ...silent,
      error: { code: null, killed: false, signal: 'SIGTERM' },
    } as const;
    expect(readPython('py', late).missing).toMatch(/^py said nothing within 10 s when /);
    expect(readPython('py', killed).missing).toMatch(/^py ended with signal SIGTERM when /);
  });
});
