import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bill, clickBill, refusals, totalOf, type Bill, type BillLine } from './bill.ts';
import { FUNCTION_TABLES, MACHINE_TABLES } from './catalog.ts';
import { RECEIPT_TABLES } from './receipt-tables.ts';
import { combined, type PriceTable } from './table.ts';
import { apiGatewayHttp, dynamoDb } from './tables/around.ts';
import { azureConsumption, azureFlex } from './tables/azure.ts';
import { cloudRunInstances, cloudRunRequests } from './tables/cloud-run.ts';
import { lambdaArm, lambdaArmProvisioned, lambdaX86 } from './tables/lambda.ts';
import { ec2T3Micro, ec2T4gSmall, fargateX86, gceE2Small, ownMachine } from './tables/machines.ts';
import { vercelPro } from './tables/vercel.ts';
import { workersFree, workersPaid } from './tables/workers.ts';
import { add, NO_USAGE, times, usageOf } from './usage.ts';
import type { Usage } from './usage.ts';

const TABLES = [...FUNCTION_TABLES, ...MACHINE_TABLES, apiGatewayHttp, dynamoDb, ownMachine(7)];
const noFree = { freeTier: false } as const;

/** A usage with nothing but `seconds` of Lambda duration at 1 GB. */
const gbSeconds = (seconds: number): Usage => ({ ...NO_USAGE, billed1MbMs: seconds * 1024 * 1000 });
const workers = (requests: number, cpuMs: number): Usage =>
  times(usageOf([{ handlerMs: cpuMs, cpuMs, memoryMb: 128 }]), requests);

/** An amount as an invoice states it: rounded half up to the cent. */
const toCents = (amount: number): number => Math.round(amount * 100 + 1e-7) / 100;
const total = (...of: Parameters<typeof bill>): number => toCents(bill(...of).total);
const amounts = (...of: Parameters<typeof bill>): number[] =>
  bill(...of).lines.map(({ amount }) => toCents(amount));

describe('published worked examples, to the cent', () => {
  test('Workers: 15 million requests at 7 CPU-ms (T03-19)', () => {
    expect(amounts(workersPaid, workers(15e6, 7))).toEqual([5, 1.5, 1.5]);
    expect(total(workersPaid, workers(15e6, 7))).toBe(8);
  });

  test('Workers: 100 million requests at 7 CPU-ms (T03-20)', () => {
    expect(total(workersPaid, workers(100e6, 7))).toBe(45.4);
  });

  test('Lambda x86: every tier (T03-02, T03-04)', () => {
    expect(total(lambdaX86, gbSeconds(6e9), noFree)).toBe(100_000.2);
    const all = amounts(lambdaX86, gbSeconds(6e9 + 9e9 + 46.44e9), noFree);
    expect(all).toEqual([0, 100_000.2, 135_000, 619_203.1]);
  });

  test('Lambda requests: 0.20 USD a million (T03-01)', () => {
    expect(total(lambdaArm, { ...NO_USAGE, requests: 1e6 }, noFree)).toBe(0.2);
  });

  test('Lambda provisioned concurrency: 9 million GB-s kept ready, 1.75 million of duration (T03-08)', () => {
    // 1 GB for 2,500 hours is 9 million GB-seconds.
    const provisioned = { instances: 1, memoryMb: 1024, hours: 2500 };
    expect(amounts(lambdaArmProvisioned, gbSeconds(1.75e6), { provisioned })).toEqual([
      0, 30, 13.61,
    ]);
  });

  test('Fargate: 1 vCPU and 2 GB all month (T03-28)', () => {
    const found = amounts(fargateX86, NO_USAGE, { vcpus: 1, memoryGb: 2, periodHours: 730 });
    expect(found).toEqual([29.55, 6.49]);
    expect(total(fargateX86, NO_USAGE)).toBe(36.04);
  });

  test('machines for a month of 730 hours (T03-30, T03-31, T03-32)', () => {
    const month = [ec2T4gSmall, ec2T3Micro, gceE2Small].map((table) => total(table, NO_USAGE));
    expect(month).toEqual([12.26, 7.59, 12.23]);
  });

  test('DynamoDB: 3 million writes, 8 million reads (T03-40)', () => {
    const units = { writeUnits: 3e6, readUnits: 8e6 };
    expect(amounts(dynamoDb, NO_USAGE, units)).toEqual([1.88, 1]);
  });
});

describe('rounding, as billed', () => {
  const short = times(usageOf([{ handlerMs: 12.3, cpuMs: 4, memoryMb: 1024 }]), 1000);

  test('Lambda charges 1 ms steps, Cloud Run 100 ms steps', () => {
    const seconds = (...of: Parameters<typeof bill>): number[] =>
      bill(...of).lines.map(({ quantity }) => quantity);
    expect(seconds(lambdaX86, short, noFree)).toEqual([1000, 13]);
    expect(seconds(cloudRunRequests, short, noFree)).toEqual([100, 100, 1000]);
  });

  test('Vercel charges the CPU only while it works', () => {
    const waiting = usageOf([{ handlerMs: 3_600_000, cpuMs: 36_000, memoryMb: 256 }]);
    // An hour in an instance of two gigabytes, which is the smallest there is.
    expect(bill(vercelPro, waiting, noFree).lines.map(({ quantity }) => quantity)).toEqual([
      0.01, 2, 1,
    ]);
  });

  test('a cold start is on the bill of Lambda, and not on that of Azure', () => {
    const warm = usageOf([{ handlerMs: 10, memoryMb: 1024 }]);
    const cold = usageOf([{ handlerMs: 10, coldMs: 90, memoryMb: 1024 }]);
    const lambda = [warm, cold].map((usage) => bill(lambdaX86, usage, noFree).lines[1]?.quantity);
    const azure = [warm, cold].map((usage) => bill(azureConsumption, usage, noFree).lines[1]);
    expect(lambda).toEqual([0.01, 0.1]);
    expect(azure[0]).toEqual(azure[1]);
  });

  test('idle time is on the bill of an instance, not of a request', () => {
    const idle = { ...NO_USAGE, instanceMs: 1e6, instance100Ms: 1e6, instance100MbMs: 1e6 * 512 };
    expect(bill(cloudRunRequests, idle, noFree).total).toBe(0);
    expect(bill(cloudRunInstances, idle, noFree).total).toBeCloseTo(0.018 + 500 * 2.5e-6, 12);
  });

  test('CPU time nobody measured counts as the whole handler time, and the bill says so', () => {
    const unknown = times(usageOf([{ handlerMs: 40, memoryMb: 128 }]), 1e6);
    const found = bill(workersPaid, unknown);
    expect(found.lines[2]?.quantity).toBe(10e6);
    expect(found.notes.join(' ')).toContain('upper bound');
  });
});

describe('where CPU comes with memory', () => {
  interface Measured {
    readonly handlerMs: number;
    readonly cpuMs: number;
  }
  /** Times the reader measured here, on a whole CPU, as they are billed with so much memory. */
  const billed = (of: PriceTable, run: Measured, memoryMb: number): Bill =>
    clickBill(of, usageOf([{ ...run, memoryMb, onWholeCpu: true }])).once;
  const duration = (run: Measured, memoryMb: number): number =>
    billed(lambdaX86, run, memoryMb).lines[1]?.amount ?? 0;
  const fourfold = (run: Measured): number => duration(run, 1024) / duration(run, 256);
  const computing = { handlerMs: 30, cpuMs: 30 };
  const waiting = { handlerMs: 300, cpuMs: 0 };

  test('four times the memory leaves Lambda’s bill for computing as it was, and makes that for waiting four times as much', () => {
    expect(fourfold(computing)).toBeCloseTo(1, 2);
    expect(fourfold(waiting)).toBe(4);
    expect(fourfold({ handlerMs: 330, cpuMs: 30 })).toBeGreaterThan(2);
  });

  test('thirty milliseconds of a whole CPU are 208 on Lambda with 256 MB, and the bill says why (X16-62)', () => {
    const { lines, notes } = billed(lambdaX86, computing, 256);
    expect(lines[1]?.quantity).toBe((208 / 1000) * 0.25);
    expect(notes.join(' ')).toContain(
      '256 MB come with 0.145 of a vCPU, 1,769 MB with a whole one (T03-09). So the 30 ms of computing take 207 ms there',
    );
    expect(billed(lambdaX86, waiting, 256).notes.join(' ')).not.toContain('vCPU');
    expect(billed(lambdaX86, computing, 1769).notes.join(' ')).not.toContain('vCPU');
  });

  test('more than a whole vCPU makes one thread no faster', () => {
    expect(billed(lambdaX86, computing, 3538).lines[1]?.quantity).toBeCloseTo(0.03 * (3538 / 1024));
  });

  test('a cold start is not stretched: Lambda loads the code on a whole vCPU (X17-01)', () => {
    const cold = usageOf([{ handlerMs: 0, cpuMs: 0, coldMs: 90, memoryMb: 128, onWholeCpu: true }]);
    expect(cold.billed1Ms).toBe(90);
  });

  test('nobody else’s computing depends on the memory, save on Azure’s smallest instance', () => {
    const cpuLine = (of: PriceTable, memoryMb: number): BillLine | undefined =>
      billed(of, computing, memoryMb).lines[0];
    expect(cpuLine(cloudRunRequests, 256)).toEqual(cpuLine(cloudRunRequests, 1024));
    expect(billed(vercelPro, computing, 256)).toEqual(billed(vercelPro, computing, 1024));
    expect(billed(workersPaid, computing, 256)).toEqual(billed(workersPaid, computing, 1024));
    // A quarter of a core: 300 ms take 1,200 there; with 2,048 MB the least that is billed.
    const long = { handlerMs: 300, cpuMs: 300 };
    expect(billed(azureFlex, long, 512).lines[1]?.quantity).toBeCloseTo(1.2 * 0.5, 12);
    expect(billed(azureFlex, long, 2048).lines[1]?.quantity).toBe(2);
  });

  test('where CPU was not measured all of it may have been computing, and the bill says so', () => {
    const usage = usageOf([{ handlerMs: 30, memoryMb: 256, onWholeCpu: true }]);
    expect(usage.billed1Ms).toBe(208);
    expect(clickBill(lambdaX86, usage).once.notes.join(' ')).toContain('upper bound');
  });

  test('times that are the provider’s own are billed as they are', () => {
    expect(usageOf([{ handlerMs: 120, cpuMs: 120, memoryMb: 512 }])).toMatchObject({
      billed1Ms: 120,
      stretchMs: 0,
    });
  });
});

test('an account of thirty milliseconds to the dollar is as the facts have it (X05-05)', () => {
  const click = usageOf([{ handlerMs: 30, cpuMs: 30, memoryMb: 256, onWholeCpu: true }]);
  expect(1 / clickBill(lambdaX86, click).once.total / 1e6).toBeCloseTo(0.94, 2);
});

describe('free quantities', () => {
  const million = times(usageOf([{ handlerMs: 100, memoryMb: 512 }]), 3e6);

  test('the free tier takes off its quantity and no more', () => {
    expect(amounts(lambdaX86, million)).toEqual([0.4, 0]);
    expect(amounts(lambdaX86, million, noFree)).toEqual([0.6, 2.5]);
    expect(amounts(lambdaX86, NO_USAGE)).toEqual([0, 0]);
  });

  test('what the plan’s fee includes stays included without the free tier', () => {
    expect(total(workersPaid, workers(10e6, 3), noFree)).toBe(5);
  });

  test('a free plan says which of its limits a usage breaks', () => {
    expect(bill(workersFree, workers(1e6, 5)).notes).toHaveLength(2);
    const over = bill(workersFree, workers(100e6, 11)).notes.join(' ');
    expect(over).toContain('the request limit is 100,000 requests a day');
    expect(over).toContain('CPU time is 10 ms a request');
    expect(refusals(workersFree, workers(1e6, 5))).toEqual([]);
    expect(refusals(workersFree, workers(100e6, 11))).toHaveLength(2);
    expect(refusals(workersPaid, workers(100e6, 11))).toEqual([]);
  });
});

describe('one click', () => {
  const click = usageOf([{ handlerMs: 12.3, coldMs: 40, cpuMs: 5, memoryMb: 256 }]);

  test('its price has no fee, no rent and nothing free in it', () => {
    const { once } = clickBill(lambdaArm, click);
    expect(once.total).toBeCloseTo(0.2e-6 + (53 / 1000) * 0.25 * 0.0000133334, 18);
    expect(clickBill(workersPaid, click).once.total).toBeCloseTo(0.3e-6 + 5 * 0.02e-6, 18);
    expect(clickBill(ec2T4gSmall, click).once.total).toBe(0);
  });

  test('a million of it a month is a month’s bill', () => {
    expect(clickBill(workersPaid, click).million.total).toBe(5);
    expect(clickBill(lambdaX86, click).million.total).toBe(0);
    expect(toCents(clickBill(ec2T4gSmall, click).million.total)).toBe(12.26);
  });

  test('a receipt has four providers or more, each once', () => {
    const providers = RECEIPT_TABLES.map(({ provider }) => provider);
    expect(new Set(providers).size).toBe(RECEIPT_TABLES.length);
    expect(providers.length).toBeGreaterThanOrEqual(4);
  });
});

describe('a line', () => {
  test('shows its formula, its rounding and where its price was read', () => {
    const usage = times(usageOf([{ handlerMs: 100, memoryMb: 512 }]), 20e6);
    expect(bill(lambdaX86, usage).lines.map(({ formula }) => formula)).toEqual([
      '(20,000,000 − 1,000,000 free) requests × 0.2 USD ÷ 1,000,000',
      '(1,000,000 − 400,000 free) GB-seconds × 0.0000166667 USD',
    ]);
    expect(bill(lambdaX86, usage).lines[1]).toMatchObject({
      stepMs: 1,
      unitPrice: 0.0000166667,
      per: 1,
      fact: 'T03-02',
      kind: 'secondary',
      source: { url: 'https://aws.amazon.com/lambda/pricing/' },
    });
  });

  test('says plainly when its price is unverified or the reader’s own', () => {
    const [charge] = workersPaid.charges;
    const tiers = charge?.tiers.map((tier) => ({
      ...tier,
      citation: { ...tier.citation, kind: 'unverified' as const },
    }));
    const unsure = { ...workersPaid, charges: charge && tiers ? [{ ...charge, tiers }] : [] };
    expect(bill(unsure, NO_USAGE).lines.map(({ kind }) => kind)).toContain('unverified');
    expect(bill(ownMachine(6.49, 'EUR'), NO_USAGE)).toMatchObject({
      total: 6.49,
      currency: 'EUR',
      lines: [{ kind: 'reader', fact: null }],
    });
  });

  test('of a gateway stands beside the function’s on one bill', () => {
    const both = bill(combined(lambdaX86, apiGatewayHttp), { ...NO_USAGE, requests: 2e6 }, noFree);
    expect(both.lines.map(({ amount }) => amount)).toEqual([0.4, 0, 2]);
    expect(() => combined(lambdaX86, ownMachine(5, 'EUR'))).toThrow(/lambda-x86 in USD.*EUR/);
  });
});

describe('laws of every table', () => {
  const usage = fc
    .array(
      fc.record({
        handlerMs: fc.double({ min: 0, max: 900_000, noNaN: true }),
        coldMs: fc.double({ min: 0, max: 10_000, noNaN: true }),
        cpuMs: fc.option(fc.double({ min: 0, max: 900_000, noNaN: true })),
        memoryMb: fc.integer({ min: 64, max: 10_240 }),
      }),
      { maxLength: 8 },
    )
    .chain((list) => fc.integer({ min: 1, max: 1e8 }).map((n) => times(usageOf(list), n)));
  const table = fc.constantFrom(...TABLES);
  const options = fc.record({
    freeTier: fc.boolean(),
    scope: fc.constantFrom('month' as const, 'marginal' as const),
  });
  const hair = (of: number): number => 1e-9 * Math.max(1, of);

  test('the total is the sum of the lines, and nothing is negative', () => {
    fc.assert(
      fc.property(table, usage, options, (of, used, how) => {
        const found = bill(of, used, how);
        let sum = 0;
        for (const line of found.lines) {
          expect(line.quantity).toBeGreaterThanOrEqual(0);
          expect(line.amount).toBeGreaterThanOrEqual(0);
          sum += line.amount;
        }
        expect(found.total).toBe(sum);
        expect(totalOf(of, used, how)).toBe(sum);
      }),
    );
  });

  test('more usage never costs less', () => {
    fc.assert(
      fc.property(table, usage, usage, options, (of, a, b, how) => {
        const less = bill(of, a, how).total;
        expect(bill(of, add(a, b), how).total).toBeGreaterThanOrEqual(less - hair(less));
      }),
    );
  });

  test('the free tier never makes a bill larger', () => {
    fc.assert(
      fc.property(table, usage, (of, used) => {
        const without = bill(of, used, noFree).total;
        expect(bill(of, used).total).toBeLessThanOrEqual(without + hair(without));
      }),
    );
  });

  test('without free quantities, fees and tiers, bills add', () => {
    const plain = fc.constantFrom(lambdaArm, vercelPro, workersPaid, cloudRunInstances);
    fc.assert(
      fc.property(plain, usage, usage, (of, a, b) => {
        const marginal = (used: Usage): number => bill(of, used, { scope: 'marginal' }).total;
        const sum = marginal(a) + marginal(b);
        expect(Math.abs(marginal(add(a, b)) - sum)).toBeLessThanOrEqual(hair(sum));
      }),
    );
  });
});
