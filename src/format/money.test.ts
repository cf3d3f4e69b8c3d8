import { expect, test } from 'vitest';
import { money, preciseMoney, roundMoney } from './money.ts';

test('an amount under a cent keeps two significant digits', () => {
  expect([0, 0.37, 0.0000123, 12.5].map((amount) => money(amount, 'USD'))).toEqual([
    '$0.00',
    '$0.37',
    '$0.000012',
    '$12.50',
  ]);
});

test('a whole amount can leave its cents out', () => {
  expect([20, 20.5].map((amount) => roundMoney(amount, 'USD'))).toEqual(['$20', '$20.50']);
});

test('a factor of a formula has five significant digits', () => {
  expect(preciseMoney(0.00000103334, 'USD')).toBe('$0.0000010333');
});
