import { expect, test } from 'vitest';
import { stepsOf, type LabHelp } from './help.ts';

const HELP: LabHelp = {
  example: 'One call.',
  hints: { first: 'Print it.', checks: { counts: 'Make a list.' } },
  candidates: [{ check: 'counts', right: 'a', wrong: 'b', why: 'c' }],
  order: { before: '', after: '', lines: ['a', 'b'], strays: [] },
  solution: 'a\nb',
  mutants: [],
  blanks: [],
  keptOutside: null,
  why: null,
  pick: null,
  sortings: {},
  amounts: {},
};

test('help goes from an example to the solution, by the check that fails', () => {
  expect(stepsOf(HELP, 'counts').map(({ kind }) => kind)).toEqual([
    'example',
    'hint',
    'hint',
    'candidates',
    'order',
    'solution',
  ]);
});

test('what the lab does not have is left out, and the solution is always there', () => {
  const bare = { ...HELP, example: null, hints: null, order: null };
  expect(stepsOf(bare, null)).toEqual([{ kind: 'solution', code: 'a\nb' }]);
});
