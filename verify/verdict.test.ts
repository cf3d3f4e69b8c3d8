import { expect, test } from 'vitest';
import type { Call, Case } from './case.ts';
import type { Deployment } from './target.ts';
import { agreeLine, allAgree, tryCases } from './verdict.ts';

const callOf = (path: string): Case => ({
  function: path,
  call: { method: 'GET', url: path },
  expect: { status: [200] },
});
const CASES = ['/api/a', '/api/b'].map(callOf);

function deployment(changes: Partial<Deployment> = {}): Deployment {
  return {
    functions: ['/api/a', '/api/b'],
    left: [],
    cases: [],
    asHere: (one) => one,
    call: () => Promise.resolve({ status: 200, type: '', body: '' }),
    stop: () => Promise.resolve(),
    ...changes,
  };
}

test('where everything answers as expected, all agree', async () => {
  const verdicts = await tryCases(deployment(), ['/api/a', '/api/b'], CASES);
  expect(agreeLine(verdicts)).toBe('agree: 2/2');
  expect(allAgree(verdicts)).toBe(true);
});

test('one that answers otherwise, or fails, does not', async () => {
  const call = ({ url }: Call) =>
    url === '/api/a'
      ? Promise.resolve({ status: 500, type: '', body: 'Cannot find module' })
      : Promise.reject(new Error('connection refused'));
  const verdicts = await tryCases(deployment({ call }), ['/api/a', '/api/b'], CASES);
  expect(agreeLine(verdicts)).toBe('agree: 0/2');
  expect(allAgree(verdicts)).toBe(false);
  expect(verdicts.map((one) => one.disagreement)).toEqual([
    'expected status 200, got 500 : Cannot find module',
    'connection refused',
  ]);
});

test('where a place is known to answer otherwise, that is what is expected of it', async () => {
  const call = () => Promise.resolve({ status: 501, type: '', body: '' });
  const asHere = (one: Case): Case => ({ ...one, expect: { status: [501] } });
  const verdicts = await tryCases(deployment({ call, asHere }), ['/api/a', '/api/b'], CASES);
  expect(agreeLine(verdicts)).toBe('agree: 2/2');
});

test('what cannot be tried here is counted in neither direction', async () => {
  const left = [{ function: '/api/b', reason: 'uv is missing' }];
  const verdicts = await tryCases(deployment({ left }), ['/api/a', '/api/b'], CASES);
  expect(agreeLine(verdicts)).toBe('agree: 1/1');
});

test('a function that no case calls, and one that nobody wrote, do not agree', async () => {
  const functions = ['/api/a', '/api/b', '/api/_tests/a.test'];
  const verdicts = await tryCases(deployment({ functions }), ['/api/a', '/api/b', '/api/c'], CASES);
  expect(agreeLine(verdicts)).toBe('agree: 2/4');
  expect(verdicts.slice(2).map(({ title }) => title)).toEqual(['/api/c', '/api/_tests/a.test']);
});

test('nothing tried is no agreement', () => {
  expect(allAgree([])).toBe(false);
});
