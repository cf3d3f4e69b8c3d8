import { expect, it } from 'vitest';
import { clicksTable } from './click-row.ts';

it('a table tells the ratio, and what it may be', () => {
  const figures = { what: 'nested', clickMs: 6, aloneMs: 5 };
  expect(clicksTable([figures]).split('\n').at(-1)?.replaceAll(/ +/g, ' ')).toBe(
    '| nested | 6.00 | 5.00 | 1.20 | 1.3 |',
  );
});
