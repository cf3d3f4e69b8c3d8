import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bendsOf, breakEven, costAt, requestsFor } from './break-even.ts';
import { FUNCTION_TABLES, MACHINE_TABLES } from './catalog.ts';
import { combined } from './table.ts';
import { apiGatewayHttp } from './tables/around.ts';
import { lambdaArm, lambdaX86 } from './tables/lambda.ts';
import { ec2T4gSmall, fargateX86, ownMachine } from './tables/machines.ts';
import { workersPaid } from './tables/workers.ts';
import { usageOf } from './usage.ts';
import type { Usage } from './usage.ts';

const call = (memoryMb: number, handlerMs: number): Usage =>
  usageOf([{ memoryMb, handlerMs, cpuMs: handlerMs }]);
const paid = { table: lambdaX86, options: { freeTier: false } };
const free = { table: lambdaX86 };
const millions = (n: number, digits: number): number => Number((n / 1e6).toFixed(digits));

describe('the derived facts', () => {
  test('512 MB and 100 ms against t4g.small: 11.87 million calls, 4.5 a second (T09-13)', () => {
    const [crossing, ...more] = breakEven(paid, { table: ec2T4gSmall }, call(512, 100));
    expect(more).toEqual([]);
    expect(millions(crossing?.requests ?? 0, 2)).toBe(11.87);
    expect(crossing?.perSecond.toFixed(1)).toBe('4.5');
    expect(crossing).toMatchObject({ cheaperBelow: 'lambda-x86', cheaperAbove: 'ec2-t4g-small' });
    expect(crossing?.amount).toBeCloseTo(12.264, 9);
  });

  test('Arm against Arm, 14.15 million (X14-30)', () => {
    const arm = { table: lambdaArm, options: { freeTier: false } };
    const [crossing] = breakEven(arm, { table: ec2T4gSmall }, call(512, 100));
    expect(millions(crossing?.requests ?? 0, 2)).toBe(14.15);
  });

  test('with the free tier, 18.5 million (T09-13)', () => {
    const [crossing] = breakEven(free, { table: ec2T4gSmall }, call(512, 100));
    expect(millions(crossing?.requests ?? 0, 1)).toBe(18.5);
  });

  test('against 1 vCPU and 2 GB of Fargate, 34.88 million, 13.3 a second (T09-14)', () => {
    const [crossing] = breakEven(paid, { table: fargateX86 }, call(512, 100));
    expect(millions(crossing?.requests ?? 0, 2)).toBe(34.88);
    expect(crossing?.perSecond.toFixed(1)).toBe('13.3');
  });

  test('at 1 GB and 200 ms 3.47 million, 1.3 a second; at 128 MB and 50 ms 40 million (T09-15)', () => {
    const [large] = breakEven(paid, { table: ec2T4gSmall }, call(1024, 200));
    const [small] = breakEven(paid, { table: ec2T4gSmall }, call(128, 50));
    expect(millions(large?.requests ?? 0, 2)).toBe(3.47);
    expect(large?.perSecond.toFixed(1)).toBe('1.3');
    expect(millions(small?.requests ?? 0, 0)).toBe(40);
  });

  test('the free tier covers 8 million calls by GB-seconds, 1 million by requests (T09-16)', () => {
    expect(bendsOf(free, call(512, 100)).slice(0, 2)).toEqual([1e6, 8e6]);
  });

  test('a gateway before the function makes it about twice as dear (T09-13)', () => {
    const both = { table: combined(lambdaX86, apiGatewayHttp), options: { freeTier: false } };
    const [alone] = breakEven(paid, { table: ec2T4gSmall }, call(512, 100));
    const [behind] = breakEven(both, { table: ec2T4gSmall }, call(512, 100));
    expect((alone?.requests ?? 0) / (behind?.requests ?? 1)).toBeCloseTo(2, 1);
  });
});

test('two that never change places have no crossing', () => {
  expect(
    breakEven(paid, { table: lambdaArm, options: { freeTier: false } }, call(512, 100)),
  ).toEqual([]);
  expect(breakEven({ table: ec2T4gSmall }, { table: fargateX86 }, call(512, 100))).toEqual([]);
  expect(breakEven(free, free, call(512, 100))).toEqual([]);
});

test('two that begin equal and part do not change places', () => {
  // Workers cost 5 until 10 million requests; so does this machine, for ever.
  expect(breakEven({ table: ownMachine(5) }, { table: workersPaid }, call(128, 1))).toEqual([]);
});

test('two that cost the same over a stretch change places where it ends', () => {
  const [requests] = lambdaX86.charges;
  const citation = requests?.tiers[0]?.citation;
  if (!requests || !citation) throw new Error('Lambda has no request charge');
  const tiers = [
    { upTo: 1e6, price: 5, per: 1e6, citation },
    { upTo: 3e6, price: 0, per: 1e6, citation },
    { upTo: Infinity, price: 1, per: 1e6, citation },
  ];
  const stepped = { ...lambdaX86, id: 'stepped', charges: [{ ...requests, tiers }] };
  const offer = { table: stepped, options: { freeTier: false } };
  expect(breakEven({ table: ownMachine(5) }, offer, call(128, 1))).toMatchObject([
    { requests: 3e6, amount: 5, cheaperBelow: 'stepped', cheaperAbove: 'own-machine' },
  ]);
});

test('a fee that includes calls moves the crossing to where they are used up', () => {
  const found = breakEven({ table: ownMachine(5.3) }, { table: workersPaid }, call(128, 1));
  expect(found.map(({ requests }) => Math.round(requests))).toEqual([11e6]);
});

test('a steeper bill that starts lower crosses once, and one with a free tier can cross later', () => {
  const [withFree] = breakEven(free, { table: ownMachine(20) }, call(512, 100));
  const [without] = breakEven(paid, { table: ownMachine(20) }, call(512, 100));
  expect(withFree?.requests ?? 0).toBeGreaterThan(without?.requests ?? Infinity);
});

test('offers in two currencies are refused with the cure', () => {
  expect(() => breakEven(free, { table: ownMachine(6.49, 'EUR') }, call(512, 100))).toThrow(
    /expected two offers in one currency.*EUR.*convert/i,
  );
});

test('an amount that is due at once, or never reached, is reached at no number of calls', () => {
  const workers = { table: workersPaid };
  const [at5, at8] = requestsFor(workers, call(128, 7), [5, 8]);
  expect(at5).toBeNull();
  expect(Math.round(at8 ?? 0)).toBe(15e6);
  expect(requestsFor({ table: ec2T4gSmall }, call(128, 7), [5, 1000])).toEqual([null, null]);
});

describe('laws of crossings', () => {
  const offer = fc.record({
    table: fc.constantFrom(...FUNCTION_TABLES, ...MACHINE_TABLES, ownMachine(13)),
    options: fc.record({ freeTier: fc.boolean() }),
  });
  const perCall = fc
    .record({
      memoryMb: fc.constantFrom(128, 512, 1024, 3008),
      handlerMs: fc.integer({ min: 1, max: 5000 }),
    })
    .map(({ memoryMb, handlerMs }) => call(memoryMb, handlerMs));

  test('both cost the same at a crossing, and who is named is cheaper beside it', () => {
    fc.assert(
      fc.property(offer, offer, perCall, (a, b, each) => {
        let from = 0;
        const crossings = breakEven(a, b, each);
        crossings.forEach(({ requests, cheaperBelow, cheaperAbove }, index) => {
          const next = crossings[index + 1]?.requests ?? 2 * requests + 1;
          const cheaper = (n: number): string =>
            costAt(a, each, n) < costAt(b, each, n) ? a.table.id : b.table.id;
          const [ofA, ofB] = [costAt(a, each, requests), costAt(b, each, requests)];
          expect(Math.abs(ofA - ofB)).toBeLessThanOrEqual(1e-9 * Math.max(1, ofA));
          expect(requests).toBeGreaterThan(from);
          if (costAt(a, each, (from + requests) / 2) !== costAt(b, each, (from + requests) / 2)) {
            expect(cheaper((from + requests) / 2)).toBe(cheaperBelow);
          }
          if (a.table.id !== b.table.id) expect(cheaper((requests + next) / 2)).toBe(cheaperAbove);
          from = requests;
        });
      }),
      { numRuns: 300 },
    );
  });

  test('the calls for an amount cost that amount', () => {
    const amounts = fc.array(fc.double({ min: 0.01, max: 1e6, noNaN: true }), { maxLength: 4 });
    fc.assert(
      fc.property(offer, perCall, amounts, (of, each, wanted) => {
        for (const [index, requests] of requestsFor(of, each, wanted).entries()) {
          if (requests === null) continue;
          expect(costAt(of, each, requests) / (wanted[index] ?? 0)).toBeCloseTo(1, 6);
        }
      }),
    );
  });

  test('which offer comes first changes nothing but the names', () => {
    fc.assert(
      fc.property(offer, offer, perCall, (a, b, each) => {
        const there = breakEven(a, b, each).map(({ requests }) => requests);
        const back = breakEven(b, a, each).map(({ requests }) => requests);
        expect(back).toHaveLength(there.length);
        back.forEach((requests, index) => {
          expect(Math.abs(requests / (there[index] ?? 0) - 1)).toBeLessThan(1e-6);
        });
      }),
    );
  });
});
