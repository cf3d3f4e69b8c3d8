import { expect, test } from 'vitest';
import { axisTime, countdown, duration, durationOrDash, roundDuration } from './duration.ts';

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

test('a duration that is missing is a dash', () => {
  expect([null, 12].map(durationOrDash)).toEqual(['—', '12 ms']);
});

test('a mark on a time axis has no zeros at its end', () => {
  expect([0, 0.5, 250, 1000, 1250].map(axisTime)).toEqual([
    '0 ms',
    '0.5 ms',
    '250 ms',
    '1 s',
    '1.25 s',
  ]);
});

test('a round setting is written in its largest whole unit', () => {
  expect([10, 60, 900, 3600].map(roundDuration)).toEqual(['10 s', '1 min', '15 min', '1 h']);
});

test('a countdown is in whole seconds and ends at zero', () => {
  expect([2001, 2000, 1, 0, -50].map(countdown)).toEqual(['3 s', '2 s', '1 s', '0 s', '0 s']);
});
