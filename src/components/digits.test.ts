import { expect, test } from 'vitest';
import { withPoint } from './digits.ts';

test.for([
  ['12', '12'],
  ['12.5', '12.5'],
  ['.5', '.5'],
  ['12,5', '12.5'],
  [',5', '.5'],
  ['1,234,567.8', '1234567.8'],
  ['1.234.567,8', '1234567.8'],
  ['1.234.567', '1234567'],
  ['1,234', '1234'],
  ['1.234', '1.234'],
])('%s is %s', ([written, plain]) => {
  expect(withPoint(written ?? '')).toBe(plain);
});

test.for(['', '.', ',', '1,2,3', '1.2.3', '12,34,567', '1.234,5,6', 'a'])(
  '“%s” is no number',
  (written) => {
    expect(withPoint(written)).toBeUndefined();
  },
);
