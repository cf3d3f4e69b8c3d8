import { expect, test } from 'vitest';
import { configuredPython, readPython } from './python-program.ts';

test('the program is the one that is set, else python3', () => {
  expect(configuredPython({})).toBe('python3');
  expect(configuredPython({ FAAS_PYTHON: '' })).toBe('python3');
  expect(configuredPython({ FAAS_PYTHON: 'python' })).toBe('python');
});

test('a new enough one is known by its own path', () => {
  expect(readPython('python3', '3 11 /usr/bin/python3.11\n')).toEqual({
    version: '3.11',
    executable: '/usr/bin/python3.11',
    missing: null,
  });
});

test('an old one, and none at all, are missing with a cure', () => {
  expect(readPython('python3', '3 8 /usr/bin/python3.8\n').missing).toMatch(
    /^python3 is version 3\.8\. Install Python 3\.9 or newer/,
  );
  expect(readPython('py', null).missing).toMatch(/^No program called py was found\. Install/);
});
