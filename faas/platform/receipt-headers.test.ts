import { expect, test } from 'vitest';
import { HEADER_PREFIX, SERVER_TIMING, type HeaderList } from '../api.ts';
import { receiptHeaders } from './receipt-headers.ts';

/** What is left of a function's own headers. */
function kept(...headers: HeaderList): HeaderList {
  return receiptHeaders(headers, {
    place: 'local',
    code: 'abc',
    request: null,
    instance: null,
    call: null,
    running: null,
    handlerMs: null,
    storeMs: 0,
  }).filter(([name]) => !name.startsWith(HEADER_PREFIX));
}

test('a header that only the platform may set is dropped', () => {
  expect(kept([`${HEADER_PREFIX}instance`, 'another'], ['x-own', 'stays'])).toEqual([
    ['x-own', 'stays'],
  ]);
});

test.each([
  ['handler;dur=0', null],
  ['start;dur=900, init;dur=90', null],
  ['db;dur=3, handler;dur=0', 'db;dur=3'],
  ['Handler ;dur=0,db;dur=3', 'db;dur=3'],
  ['db;desc="a, handler;dur=0";dur=3', 'db;desc="a, handler;dur=0";dur=3'],
  ['db;desc="a\\\\", queue;dur=5', 'db;desc="a\\\\"'],
  ['"never closed, init;dur=5', 'never closed'],
  ['cache;desc=hit', 'cache;desc=hit'],
])('of the times “%s” a function may say “%s”', (said, left) => {
  expect(kept([SERVER_TIMING, said])).toEqual(left === null ? [] : [[SERVER_TIMING, left]]);
});
