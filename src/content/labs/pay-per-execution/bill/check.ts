import { contract, edge, firstLight } from '#faas/labs/lab-check.ts';
import type { CheckedLab } from '#faas/labs/checked-lab.ts';

interface Usage {
  readonly calls: number;
  readonly msPerCall: number;
  readonly memoryMb: number;
}

interface Prices {
  readonly perMillionCalls: number;
  readonly perGbSecond: number;
  readonly roundUpToMs: number;
  readonly freeCalls: number;
  readonly freeGbSeconds: number;
}

/** AWS Lambda, x86, us-east-1, list price. */
const LAMBDA: Prices = {
  perMillionCalls: 0.2,
  perGbSecond: 0.0000166667,
  roundUpToMs: 1,
  freeCalls: 0,
  freeGbSeconds: 0,
};

/** Nobody's price for a GB-second: with it a few calls cost what can be told apart. */
const A_DOLLAR = 1;

const FREE = { freeCalls: 1_000_000, freeGbSeconds: 400_000 };

/** A hundredth of a cent, or a millionth of the bill. */
function tolerance(dollars: number): number {
  return Math.max(0.0001, dollars / 1e6);
}

/** What the bill must be, with its two sums written out. */
interface Expected {
  readonly requests: number;
  readonly compute: number;
  readonly sums: string;
}

/** Compares one part of the bill, or its total, and shows both sums when it differs. */
async function bills(
  lab: CheckedLab,
  [usage, prices]: readonly [Usage, Prices],
  { requests, compute, sums }: Expected,
  parts: readonly ('requests' | 'compute' | 'total')[] = ['requests', 'compute', 'total'],
): Promise<void> {
  const { value } = await lab.run(['bill', usage, prices]);
  const expected = { requests, compute, total: requests + compute };
  const came = (value ?? {}) as Partial<Record<string, unknown>>;
  for (const part of parts) {
    lab.near(came[part], expected[part], tolerance(expected[part]), {
      what: `${part} in dollars`,
      detail: `${sums}\nYou answered ${JSON.stringify(value)}`,
    });
  }
}

export default [
  firstLight('bills the requests: two million at 0.20 a million are 0.40 dollars', async (lab) => {
    const usage = { calls: 2_000_000, msPerCall: 100, memoryMb: 1024 };
    const sums = 'requests: 2,000,000 calls ÷ 1,000,000 × 0.20 = 0.40';
    await bills(lab, [usage, LAMBDA], { requests: 0.4, compute: 0, sums }, ['requests']);
  }),

  contract('bills half a million calls at half the price of a million', async (lab) => {
    const usage = { calls: 500_000, msPerCall: 100, memoryMb: 1024 };
    const sums = 'requests: 500,000 calls ÷ 1,000,000 × 0.20 = 0.10';
    await bills(lab, [usage, LAMBDA], { requests: 0.1, compute: 0, sums }, ['requests']);
  }),

  contract('bills memory times time: a million calls of 100 ms at 1,024 MB', async (lab) => {
    const usage = { calls: 1_000_000, msPerCall: 100, memoryMb: 1024 };
    await bills(lab, [usage, LAMBDA], {
      requests: 0.2,
      compute: 1.66667,
      sums:
        'requests: 1,000,000 ÷ 1,000,000 × 0.20 = 0.20\n' +
        'compute: 1,000,000 calls × 0.1 s × (1,024 ÷ 1,024) GB × 0.0000166667 = 1.66667',
    });
  }),

  contract('takes 1,024 MB for a GB: 128 MB is an eighth', async (lab) => {
    const usage = { calls: 80_000_000, msPerCall: 200, memoryMb: 128 };
    await bills(lab, [usage, LAMBDA], {
      requests: 16,
      compute: 33.3334,
      sums:
        'requests: 80,000,000 ÷ 1,000,000 × 0.20 = 16.00\n' +
        'compute: 80,000,000 × 0.2 s × (128 ÷ 1,024) GB × 0.0000166667 = 33.3334',
    });
  }),

  contract('rounds the time of each call up, and not the sum', async (lab) => {
    const few = { calls: 5, msPerCall: 3, memoryMb: 1024 };
    const dear = { ...LAMBDA, perGbSecond: A_DOLLAR, roundUpToMs: 100 };
    await bills(lab, [few, dear], {
      requests: 0.000001,
      compute: 0.5,
      sums: 'compute: each call of 3 ms is billed as 100 ms, so 5 × 0.1 s × 1 GB × 1 = 0.50',
    });
    const usage = { calls: 1_000_000, msPerCall: 3, memoryMb: 1024 };
    await bills(lab, [usage, { ...LAMBDA, roundUpToMs: 100 }], {
      requests: 0.2,
      compute: 1.66667,
      sums:
        'requests: 1,000,000 ÷ 1,000,000 × 0.20 = 0.20\n' +
        'compute: each call of 3 ms is billed as 100 ms, so 1,000,000 × 0.1 s × 1 GB × 0.0000166667 = 1.66667',
    });
  }),

  contract('takes the free calls and the free GB-seconds off, each from its own', async (lab) => {
    const usage = { calls: 3_000_000, msPerCall: 120, memoryMb: 1536 };
    await bills(lab, [usage, { ...LAMBDA, ...FREE }], {
      requests: 0.4,
      compute: 2.333338,
      sums:
        'requests: (3,000,000 − 1,000,000 free) ÷ 1,000,000 × 0.20 = 0.40\n' +
        'compute: (3,000,000 × 0.12 s × 1.5 GB − 400,000 GB-s free) × 0.0000166667 = 2.333338',
    });
  }),

  contract('bills nothing where all is free, and where nobody calls', async (lab) => {
    const prices = { ...LAMBDA, ...FREE };
    const free = { requests: 0, compute: 0, sums: 'all of it is free: 0.00' };
    await bills(lab, [{ calls: 500_000, msPerCall: 20, memoryMb: 128 }, prices], free);
    await bills(lab, [{ calls: 0, msPerCall: 0, memoryMb: 128 }, LAMBDA], free);
  }),

  edge('bills the requests alone where the free GB-seconds are not used up', async (lab) => {
    // Small and short: many calls, and little computing.
    const usage = { calls: 10_000_000, msPerCall: 10, memoryMb: 128 };
    await bills(lab, [usage, { ...LAMBDA, ...FREE }], {
      requests: 1.8,
      compute: 0,
      sums:
        'requests: (10,000,000 − 1,000,000 free) ÷ 1,000,000 × 0.20 = 1.80\n' +
        'compute: 10,000,000 × 0.01 s × 0.125 GB = 12,500 GB-s, all of them free',
    });
  }),

  edge('keeps fractions of a cent: five thousand calls are a tenth of one', async (lab) => {
    const usage = { calls: 5000, msPerCall: 100, memoryMb: 1024 };
    const sums = 'requests: 5,000 calls ÷ 1,000,000 × 0.20 = 0.001';
    await bills(lab, [usage, LAMBDA], { requests: 0.001, compute: 0, sums }, ['requests']);
  }),

  edge('leaves a time that needs no rounding as it is', async (lab) => {
    const usage = { calls: 1_000_000, msPerCall: 200, memoryMb: 1024 };
    await bills(lab, [usage, { ...LAMBDA, roundUpToMs: 100 }], {
      requests: 0.2,
      compute: 3.33334,
      sums: 'compute: 200 ms are two steps of 100 ms, so 1,000,000 × 0.2 s × 1 GB × 0.0000166667 = 3.33334',
    });
    const short = { calls: 1_000_000, msPerCall: 2.1, memoryMb: 1024 };
    await bills(lab, [short, LAMBDA], {
      requests: 0.2,
      compute: 0.0500001,
      sums: 'compute: 2.1 ms are billed as 3 ms, so 1,000,000 × 0.003 s × 1 GB × 0.0000166667 = 0.0500001',
    });
  }),
];
