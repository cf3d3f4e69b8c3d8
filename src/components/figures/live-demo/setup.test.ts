import { expect, it } from 'vitest';
import { planOf, type Setup, type Variant } from './setup.ts';

const variant: Variant = {
  language: 'TypeScript',
  function: '/api/echo',
  path: '/api/echo',
  code: 'ab',
  memoryMb: 128,
};
const setup: Setup = {
  variants: [variant],
  method: 'POST',
  calls: 1,
  mode: 'sequence',
  wait: null,
  observe: null,
};
const asked = { path: '/api/echo', query: {}, body: '{}' };

it('says of a body what the author says of it', () => {
  const { call } = planOf({ ...setup, type: 'application/json' }, variant, asked);
  expect(call.headers).toEqual([['content-type', 'application/json']]);
});

it('says nothing of a body that the author says nothing of', () => {
  expect(planOf(setup, variant, asked).call.headers).toEqual([]);
});
