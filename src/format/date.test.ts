import { expect, test } from 'vitest';
import { clockTime, isoDay, longDate, moment, monthAndYear } from './date.ts';

test('a moment reads the same in every time zone', () => {
  expect(moment(Date.UTC(2026, 10, 23, 8, 5))).toBe('23 November 2026, 08:05 UTC');
});

test('a day can be written long, as ISO 8601, or as its month', () => {
  const day = new Date('2026-11-03T00:00:00Z');
  expect([longDate(day, 'UTC'), isoDay(day), monthAndYear(day)]).toEqual([
    '3 November 2026',
    '2026-11-03',
    'November 2026',
  ]);
});

test('a time of day is rounded to the minute', () => {
  expect([0, 61.4, 870.5].map(clockTime)).toEqual(['0:00', '1:01', '14:31']);
});
