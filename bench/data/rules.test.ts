import { expect, it } from 'vitest';
import { dataTable } from './data-row.ts';
import { measureRules } from './rules.ts';

it('each kind of rule lets its calls in, and is measured beside a call without any', async () => {
  const rows = await measureRules({ calls: 3, rounds: 2 });
  expect(rows.map(({ what }) => what)).toContain('a session and a line of grants');
  expect(rows.filter(({ mostAddedUs }) => mostAddedUs === 10)).toHaveLength(2);
  expect(rows.every(({ us }) => us > 0)).toBe(true);
  expect(new Set(rows.map(({ withoutUs }) => withoutUs)).size).toBe(1);
});

it('a table tells what is added, and what may be', () => {
  const row = { what: 'one token bucket', us: 15, withoutUs: 10, mostAddedUs: 20 };
  expect(dataTable([row]).split('\n').at(-1)?.replaceAll(/ +/g, ' ')).toBe(
    '| one token bucket | 15.0 | 5.0 | 1.50 | 20 |',
  );
});
