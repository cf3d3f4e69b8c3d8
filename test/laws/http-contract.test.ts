import { expect, it } from 'vitest';
import { files, read } from './fixtures/tree.ts';

/** Files that spell the contract out, each with its reason. */
const SPELLS_IT_OUT: Record<string, RegExp> = {
  'the contract itself': /^faas\/api\.ts$/,
  'the test that its names stay': /^faas\/api\.test\.ts$/,
  'Python imports no TypeScript': /\.py$/,
  'prose for readers, and for those who call by curl': /\.(md|mdx|yaml|json)$/,
  'this law': /^test\/laws\/http-contract\.test\.ts$/,
};

const spelled = files()
  .filter(
    (file) => /^(api|bench|faas|src|test|verify)\//.test(file) && !/\.(woff2|png|ico)$/.test(file),
  )
  .filter((file) => /x-faas-|\/_faas\//.test(read(file)));

it('only faas/api.ts spells the headers and the URLs of the platform', () => {
  const reasons = Object.values(SPELLS_IT_OUT);
  expect(spelled.filter((file) => !reasons.some((exempt) => exempt.test(file)))).toEqual([]);
});

it('each exception is in use', () => {
  for (const exempt of Object.values(SPELLS_IT_OUT)) {
    expect(
      spelled.filter((file) => exempt.test(file)),
      String(exempt),
    ).not.toEqual([]);
  }
});
