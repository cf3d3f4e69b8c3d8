import { expect, test } from 'vitest';
import { functionNamed } from './functions.ts';

const asked = { tag: 'Demo', attribute: 'fn', file: undefined };

test('a function is found by its name, with what a lesson shows of it', () => {
  expect(functionNamed({ ...asked, name: '/api/counter' })).toMatchObject({
    name: '/api/counter',
    file: 'api/counter.ts',
    runtime: 'node',
  });
});

test('one that is not there is named, with the one that was probably meant', () => {
  expect(() => functionNamed({ ...asked, name: '/api/countr' })).toThrow(
    /There is no function "\/api\/countr"\.[^]*\/api\/counter/,
  );
});
