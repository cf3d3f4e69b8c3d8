import { expect, test } from 'vitest';
import { drawShares, sharesSummary } from './draw.ts';
import { rowsByMemory } from './setup.ts';
import { sharesTable } from './table.ts';

const rows = rowsByMemory('dotnet8');

test('the rows are those that the lesson speaks of: init stays, the first call halves', () => {
  expect(rows.map(({ memoryMb }) => memoryMb)).toEqual([128, 256, 512, 1024]);
  expect(rows.map(({ initMs }) => Math.round(initMs))).toEqual([248, 256, 268, 238]);
  expect(rows.map(({ firstCallMs }) => Math.round(firstCallMs))).toEqual([715, 357, 169, 75]);
});

test('a bar begins where the one before it ends, and the longest fits', () => {
  const drawn = String(drawShares(rows));
  // 248 and 715 ms on an axis of 1,000.
  expect(drawn).toContain('data-state="cold" y="17" width="24.8%"');
  expect(drawn).toContain('data-state="busy" x="24.8%" y="17" width="71.5%"');
});

test('picture, sentence and table say the same', () => {
  expect(sharesSummary(rows)).toContain('with 128 MB 248 ms of init and 715 ms of first call');
  expect(String(sharesTable(rows))).toContain('<td>248 ms</td><td>715 ms</td><td>963 ms</td>');
});

test('a runtime that was not measured is refused by name', () => {
  expect(() => rowsByMemory('cobol')).toThrow('"cobol"');
});
