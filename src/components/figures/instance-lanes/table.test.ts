import { expect, test } from 'vitest';
import { Timeline } from '#faas/core/trace/timeline.ts';
import { lanesOf } from './lanes.ts';
import { lanesTable } from './table.ts';
import { cold, done, ended, requested, warm } from './fixtures/trace.ts';

const timeline = new Timeline([
  ...cold('i1', 'r1', 1000),
  done('i1', 'r1', 1060),
  requested('r2', 1100),
  ...warm('i1', 'r2', 1100),
  done('i1', 'r2', 1110),
  ended('i1', 11_110, 'idle'),
  ...cold('i2', 'r3', 11_200),
]);

function cells(since: number): string[][] {
  const rows = lanesTable(lanesOf(timeline.at(11_300), since))
    .toString()
    .split('<tr>')
    .slice(2);
  return rows.map((row) => [...row.matchAll(/>([^<]+)<\/t[hd]>/g)].map((match) => match[1] ?? ''));
}

test('each instance has a row with all that its lane shows', () => {
  expect(cells(1000)).toEqual([
    ['i1', '0.0 ms', '40 ms', '10 ms', '2', '20 ms', '10.04 s', 'let go at 10.11 s'],
    ['i2', '10.20 s', '40 ms', '10 ms', '1', '50 ms', '—', 'alive'],
  ]);
});

test('an instance from before the picture says so', () => {
  expect(cells(1080)[0]?.[1]).toBe('before');
});
