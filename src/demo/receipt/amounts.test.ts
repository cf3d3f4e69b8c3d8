import { expect, test } from 'vitest';
import { counted, duration, megabytes, moment } from './amounts.ts';

test('a duration has the digits that matter at its size', () => {
  expect(
    [0, 0.44, 9.94, 9.96, 31.4, 999.4, 999.6, 1250, 59_990, 60_000, 125_000].map(duration),
  ).toEqual([
    '0.0 ms',
    '0.4 ms',
    '9.9 ms',
    '10 ms',
    '31 ms',
    '999 ms',
    '1.00 s',
    '1.25 s',
    '59.99 s',
    '1 min 0 s',
    '2 min 5 s',
  ]);
});

test('memory is in MB, with a tenth while that matters', () => {
  expect([15.53, 256].map(megabytes)).toEqual(['15.5 MB', '256 MB']);
});

test('one is singular, and thousands are grouped', () => {
  expect([counted(1, 'call'), counted(0, 'call'), counted(1200, 'call')]).toEqual([
    '1 call',
    '0 calls',
    '1,200 calls',
  ]);
});

test('a moment reads the same in every time zone', () => {
  expect(moment(Date.UTC(2026, 10, 23, 8, 5))).toBe('23 November 2026, 08:05 UTC');
});
