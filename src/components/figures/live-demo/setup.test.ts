import { expect, it } from 'vitest';
import { demoPlan, type DemoSetup, type DemoVariant } from './setup.ts';

const variant: DemoVariant = {
  language: 'TypeScript',
  function: '/api/echo',
  path: '/api/echo',
  code: 'ab',
  memoryMb: 128,
};
const setup: DemoSetup = {
  variants: [variant],
  method: 'POST',
  calls: 1,
  mode: 'sequence',
  wait: null,
  folds: {},
  observe: null,
};
const asked = { path: '/api/echo', query: {}, body: '{}' };

it('says of a body what the author says of it', () => {
  const { call } = demoPlan({ ...setup, type: 'application/json' }, variant, asked);
  expect(call.headers).toEqual([['content-type', 'application/json']]);
});

it('says how calls follow each other, and that instances are frozen', () => {
  const plan = demoPlan({ ...setup, mode: 'burst', everyMs: 600, frozen: true }, variant, asked);
  expect(plan).toMatchObject({
    mode: 'burst',
    everyMs: 600,
    scaled: { name: 'keep-alive', freezeIdle: true },
  });
  expect(demoPlan(setup, variant, asked)).not.toHaveProperty('scaled');
});

it('says nothing of a body that the author says nothing of', () => {
  expect(demoPlan(setup, variant, asked).call.headers).toEqual([]);
});
