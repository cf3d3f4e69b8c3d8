import { expect, test } from 'vitest';
import { disagreement, type Answer, type Expectation } from './case.ts';

const answer: Answer = { status: 200, type: 'application/json', body: '{"a":{"b":1,"c":2}}' };

test.each<[string, Expectation]>([
  ['a status', { status: [200, 404] }],
  ['the beginning of a content type', { status: [200], type: 'application/' }],
  ['a part of the JSON', { status: [200], json: { a: { b: 1 } } }],
  ['a part of the text', { status: [200], includes: '"b":1', excludes: '"d"' }],
])('%s agrees', (_name, expected) => {
  expect(disagreement(expected, answer)).toBeNull();
});

test.each<[Expectation, string]>([
  [{ status: [201] }, 'expected status 201, got 200'],
  [{ status: [200], type: 'text/html' }, 'expected content-type text/html, got 200 application'],
  [{ status: [200], json: { a: { b: 2 } } }, 'expected JSON with {"a":{"b":2}}, got 200'],
  [{ status: [200], includes: 'x' }, 'expected "x" in the body, got 200'],
  [{ status: [200], excludes: '"c"' }, 'expected no ""c"" in the body'],
])('%j does not: it says what was expected and what came', (expected, message) => {
  expect(disagreement(expected, answer)).toContain(message);
});

test('a body that is no JSON does not agree with JSON', () => {
  expect(disagreement({ status: [200], json: {} }, { ...answer, body: 'oops' })).toContain('oops');
});
