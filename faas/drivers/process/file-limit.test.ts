import { expect, test } from 'vitest';
import { KnownFailure } from '../failure.ts';
import { spawnFailure } from './file-limit.ts';

const failed = (code: string): Error => spawnFailure(Object.assign(new Error(code), { code }));

test.each([
  ['EMFILE', 'ulimit -n'],
  ['ENFILE', 'ulimit -n'],
  ['EAGAIN', 'ulimit -u'],
  ['ENOMEM', 'ulimit -u'],
])('a start that fails with %s is refused for a moment, with what to raise', (code, cure) => {
  const failure = failed(code);
  expect(failure).toBeInstanceOf(KnownFailure);
  expect(failure).toMatchObject({ code: 'no-capacity' });
  expect(failure.message).toContain(cure);
});

test('any other failure of a start stays what it is', () => {
  expect(failed('ENOENT')).not.toBeInstanceOf(KnownFailure);
});
