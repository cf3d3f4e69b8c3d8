import { expect, test } from 'vitest';
import type { FunctionSpec } from '../core/function.ts';
import type { ProblemCode } from '../core/problem.ts';
import { problemFor } from '../drivers/failure.ts';
import { placeIn, platformSays } from './platform-says.ts';

const SPEC = { name: '/api/lab/x', file: 'api/lab/x.ts', maxDurationS: 10, memoryMb: 256 };

/** What the platform itself answers, so that its sentences and ours stay together. */
function failed(code: ProblemCode, found?: string, stack?: string): string {
  const failure = { code, ...(found && { found }), ...(stack && { stack }) };
  return JSON.stringify(problemFor(failure, SPEC as FunctionSpec, true));
}

test('an error is told with its line', () => {
  const stack = 'TypeError: no\n    at fetch (file:///a/api/lab/x.ts:14:3)\n    at other.ts:1:1';
  expect(platformSays(failed('handler-threw', 'no. Really', stack), undefined)).toEqual({
    came: 'the function threw: no. Really (x.ts, line 14)',
    detail: null,
  });
});

test('a file that does not load is told with its reason', () => {
  const found = 'x.ts failed while it was loaded: Expected `{`';
  expect(platformSays(failed('start-failed', found), undefined)?.came).toBe(
    'the file did not load: Expected `{`',
  );
});

test('a file that cannot be read as code names no line of the platform', () => {
  const found = 'api/lab/x.ts cannot be read as TypeScript: Unexpected token';
  const stack = 'Error: it\n    at strip (file:///faas/drivers/module-sources.ts:141:11)';
  expect(platformSays(failed('start-failed', found, stack), undefined)?.came).toBe(
    'the file did not load: Unexpected token',
  );
});

test('a call that was stopped says what to look for, and the last line that was printed', () => {
  expect(platformSays(failed('timed-out'), 'so far')).toEqual({
    came: 'it was not over after 10 s, and was stopped',
    detail: expect.stringMatching(/a loop that has no end.*was printed: so far$/),
  });
  const memory = platformSays(failed('out-of-memory'), undefined);
  expect(memory?.came).toBe('it held more than 256 MB, and was stopped');
  expect(memory?.detail).toMatch(/Nothing was printed/);
});

test('any other failure is told as the platform tells it', () => {
  expect(platformSays(failed('instance-died', 'exit code 3'), undefined)?.came).toMatch(
    /ended before it had answered \(exit code 3\)/,
  );
});

test('what the function itself answered is no failure', () => {
  for (const body of ['', 'null', '{"type":"about:blank","status":400}', '[]']) {
    expect(platformSays(body, undefined)).toBeNull();
  }
});

test('the place in a stack is the reader’s own, in either language', () => {
  expect(placeIn('E: x\n at f (entry-runtime.ts:9:1)\n at place (place.ts:3:5)')).toBe(
    'place.ts, line 3',
  );
  const python =
    '  File "/r/entry_runtime.py", line 70, in begin\n  File "/r/lab/place.py", line 5, in place\n';
  expect(placeIn(python)).toBe('place.py, line 5');
  expect(placeIn('nowhere')).toBeNull();
});
