import { expect, test } from 'vitest';
import { monthlyBill } from './month.ts';
import { lambdaX86 } from '../prices/tables/lambda.ts';
import { ec2T4gSmall } from '../prices/tables/machines.ts';
import { times, usageOf } from '../prices/usage.ts';

const once = usageOf([{ handlerMs: 100, memoryMb: 512 }]);

test('an hour of use is 730 times that in a month', () => {
  const hour = { usage: times(once, 10_000), seconds: 3600, memoryMb: 512 };
  const { lines } = monthlyBill(lambdaX86, { ...hour, policy: { name: 'keep-alive' } });
  expect(lines[0]?.quantity).toBe(7.3e6 - 1e6);
});

test('servers are rented, however little they are used', () => {
  const policy = { name: 'fixed', servers: 3 } as const;
  const { total } = monthlyBill(ec2T4gSmall, { usage: once, seconds: 10, policy, memoryMb: 512 });
  expect(total).toBeCloseTo(3 * 730 * 0.0168, 9);
});

test('nothing seen is nothing billed but the rent', () => {
  const policy = { name: 'keep-alive' } as const;
  expect(monthlyBill(lambdaX86, { usage: once, seconds: 0, policy, memoryMb: 512 }).total).toBe(0);
});
