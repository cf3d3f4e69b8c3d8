import { expect, test } from 'vitest';
import { StoreUnavailable, unavailable } from './store-failure.ts';

const failed = (code: string) => unavailable(Object.assign(new Error('said'), { code }));

test.for<[code: string, cure: RegExp]>([
  ['53300', /no connection left\. Close some.*53300/],
  ['53100', /disk of the database is full\. Make room.*answered before is kept/],
  ['ENOSPC', /disk of the database is full/],
  ['57014', /took longer than it may/],
  ['57P03', /is starting/],
  ['28P01', /refuses the name or the password/],
  ['3D000', /no such database/],
  ['ENOTFOUND', /No machine has the name/],
  ['ECONNREFUSED', /does not answer \(ECONNREFUSED/],
  ['08006', /does not answer/],
  ['XX001', /does not answer/],
])('%s is the database’s failure, and says what to do', ([code, cure]) => {
  expect(failed(code)?.message).toMatch(cure);
  expect(failed(code)?.retryAfterS).toBeGreaterThanOrEqual(1);
});

test.for(['23505', '42601', '22P02', '25006', '40001', '40P01'])(
  '%s is the statement’s, and is answered as it came',
  (code) => {
    expect(failed(code)).toBeNull();
  },
);

test('what is known to be the database’s stays what it is', () => {
  const failure = new StoreUnavailable('asleep', 7);
  expect(unavailable(failure)).toBe(failure);
});
