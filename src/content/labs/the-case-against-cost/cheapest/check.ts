import { contract, edge, firstLight } from '#faas/labs/lab-check.ts';
import type { CheckedLab } from '#faas/labs/checked-lab.ts';

/** AWS Lambda, x86, us-east-1, list price. */
const LAMBDA = {
  perMillionCalls: 0.2,
  perGbSecond: 0.0000166667,
  roundUpToMs: 1,
  freeCalls: 0,
  freeGbSeconds: 0,
};
const FREE = { freeCalls: 1_000_000, freeGbSeconds: 400_000 };

/** Seconds in a month of 730 hours. */
const MONTH_S = 730 * 3600;

interface Shape {
  readonly calls: number;
  readonly msPerCall: number;
  readonly memoryMb: number;
  readonly peakPerSecond: number;
}

type Offer = Readonly<Record<string, unknown>> & { readonly name: string };

const fn = (change: object = {}, doorPerMillion = 0): Offer => ({
  name: 'function',
  prices: { ...LAMBDA, ...change },
  doorPerMillion,
});

/**
 * One t4g.small, which is called a machine here. It carries as many calls of 100 ms and 512 MB that only
 * compute as its price covers: beyond the baseline of its CPUs it would have one more line on its bill.
 */
const machine = (change: object = {}): Offer => ({
  name: 'machine',
  perHour: 0.0168,
  callsPerSecond: 13,
  least: 1,
  most: 1,
  besidesPerMonth: 0,
  ...change,
});

/** All month alike: the busiest second is like every other. */
function flat(calls: number, msPerCall = 100, memoryMb = 512): Shape {
  return { calls, msPerCall, memoryMb, peakPerSecond: calls / MONTH_S };
}

interface Came {
  readonly cheapest?: unknown;
  readonly months?: Readonly<Record<string, unknown>> | null;
}

async function ask(lab: CheckedLab, shape: Shape, offers: readonly Offer[]): Promise<Came> {
  const { value } = await lab.run(['cheapest', shape, offers]);
  return (value ?? {}) as Came;
}

/** What a month must cost, with its sum written out. */
interface Sum {
  readonly name: string;
  readonly dollars: number;
  readonly sum: string;
}

function costs(lab: CheckedLab, came: Came, { name, dollars, sum }: Sum): void {
  const within = Math.max(0.0001, dollars / 1e6);
  lab.near(came.months?.[name], dollars, within, {
    what: `months.${name} in dollars`,
    detail: `${sum}\nYou answered ${JSON.stringify(came)}`,
  });
}

function chooses(lab: CheckedLab, came: Came, name: string | null, what: string): void {
  lab.same(came.cheapest, name, { what, detail: `You answered ${JSON.stringify(came)}` });
}

/** The function is cheaper with so many calls a month, and the machines with a tenth of a million more. */
async function crosses(
  lab: CheckedLab,
  [below, above]: readonly [number, number],
  [a, b]: readonly [Offer, Offer],
  takes: readonly [ms: number, mb: number] = [100, 512],
): Promise<void> {
  for (const [calls, name] of [
    [below, a.name],
    [above, b.name],
  ] as const) {
    const came = await ask(lab, flat(calls, ...takes), [a, b]);
    chooses(lab, came, name, `the cheapest at ${calls / 1e6} million calls a month`);
  }
}

export default [
  firstLight('bills the function with bill: ten million calls are 10.33 dollars', async (lab) => {
    costs(lab, await ask(lab, flat(10_000_000), [fn()]), {
      name: 'function',
      dollars: 10.33335,
      sum: 'requests 2.00 + compute 8.33335',
    });
  }),

  contract('pays a machine for 730 hours, used or not', async (lab) => {
    costs(lab, await ask(lab, flat(10_000_000), [machine()]), {
      name: 'machine',
      dollars: 12.264,
      sum: '1 machine × 0.0168 an hour × 730 hours',
    });
  }),

  contract('adds the door to what the function costs', async (lab) => {
    costs(lab, await ask(lab, flat(10_000_000), [fn({}, 1)]), {
      name: 'function',
      dollars: 20.33335,
      sum: 'the bill 10.33335 + 10 million calls × 1.00 a million at the door',
    });
    // What is free in the bill is not free at the door.
    costs(lab, await ask(lab, flat(10_000_000), [fn(FREE, 1)]), {
      name: 'function',
      dollars: 13.46667,
      sum: 'the bill 3.46667, with a million calls free + 10 million calls × 1.00 a million at the door',
    });
  }),

  contract('takes as many machines as the busiest second needs', async (lab) => {
    // Four calls a second on average, and thirty at the busiest moment.
    const shape = { ...flat(10_000_000), peakPerSecond: 30 };
    costs(lab, await ask(lab, shape, [machine({ most: 10 })]), {
      name: 'machine',
      dollars: 36.792,
      sum: '30 calls a second ÷ 13 a machine are 3 machines × 0.0168 × 730',
    });
    const full = { ...flat(10_000_000), peakPerSecond: 26 };
    costs(lab, await ask(lab, full, [machine({ most: 10 })]), {
      name: 'machine',
      dollars: 24.528,
      sum: '26 calls a second ÷ 13 a machine are 2 machines × 0.0168 × 730',
    });
  }),

  contract('refuses machines that cannot carry the busiest second', async (lab) => {
    const shape = { ...flat(1_000_000), peakPerSecond: 140 };
    const came = await ask(lab, shape, [machine({ most: 10 }), fn({}, 100)]);
    lab.same(came.months?.['machine'], null, {
      what: 'months.machine where eleven machines are needed and ten can be had',
      detail: `You answered ${JSON.stringify(came)}`,
    });
    chooses(lab, came, 'function', 'the cheapest where only the function can carry the load');
    const none = await ask(lab, shape, [machine({ most: 2 })]);
    chooses(lab, none, null, 'the cheapest where nothing can carry the load');
  }),

  contract(
    'has a second machine where two are asked for, and one balancer for both',
    async (lab) => {
      const two = machine({ least: 2, most: 10, besidesPerMonth: 23.725 });
      costs(lab, await ask(lab, flat(10_000_000), [two]), {
        name: 'machine',
        dollars: 48.253,
        sum: '2 machines × 0.0168 × 730 + 16.425 for the balancer + 7.30 for its two addresses',
      });
    },
  ),

  contract('names the cheapest on both sides of each crossing', async (lab) => {
    // T09-13, without and with the free tier; T09-14; T09-15 twice.
    await crosses(lab, [11_800_000, 11_900_000], [fn(), machine()]);
    await crosses(lab, [18_500_000, 18_600_000], [fn(FREE), machine()]);
    const container = machine({ name: 'container', perHour: 0.04937, callsPerSecond: 24 });
    await crosses(lab, [34_800_000, 34_900_000], [fn(), container]);
    // Calls of another kind: a machine carries fewer of the large ones, and more of the small ones.
    const large = machine({ callsPerSecond: 3 });
    await crosses(lab, [3_400_000, 3_500_000], [fn(), large], [200, 1024]);
    const small = machine({ callsPerSecond: 110 });
    await crosses(lab, [40_300_000, 40_400_000], [fn(), small], [50, 128]);
  }),

  contract(
    'costs nothing for nobody in the function, and the whole price in the machine',
    async (lab) => {
      const came = await ask(lab, { ...flat(0) }, [fn(), machine()]);
      costs(lab, came, { name: 'function', dollars: 0, sum: 'no calls' });
      costs(lab, came, {
        name: 'machine',
        dollars: 12.264,
        sum: '1 × 0.0168 × 730, with no calls',
      });
      chooses(lab, came, 'function', 'the cheapest for nobody');
    },
  ),

  edge('goes back to the function where a further machine is needed', async (lab) => {
    // A machine carries six calls a second here, and costs as much as four and a half of them.
    const small = machine({ callsPerSecond: 6, most: 10 });
    for (const [perSecond, name] of [
      [4, 'function'],
      [5, 'machine'],
      [7, 'function'],
      [10, 'machine'],
    ] as const) {
      const came = await ask(lab, flat(perSecond * MONTH_S), [fn(), small]);
      chooses(lab, came, name, `the cheapest at ${perSecond} calls a second`);
    }
  }),

  edge('meets at 23.7 million calls with two of everything and a door', async (lab) => {
    const two = machine({ least: 2, most: 10, besidesPerMonth: 23.725 });
    await crosses(lab, [23_700_000, 23_800_000], [fn({}, 1), two]);
  }),

  edge(
    'takes the free calls and the free GB-seconds off, each until it is used up',
    async (lab) => {
      const free = fn(FREE);
      costs(lab, await ask(lab, flat(1_000_000), [free]), {
        name: 'function',
        dollars: 0,
        sum: 'a million free calls, and 50,000 of 400,000 free GB-seconds',
      });
      costs(lab, await ask(lab, flat(8_000_000), [free]), {
        name: 'function',
        dollars: 1.4,
        sum: '7 million calls × 0.20 a million; 400,000 GB-seconds, all of them free',
      });
    },
  ),

  edge('rounds the time of each call up, as your bill does', async (lab) => {
    const steps = fn({ roundUpToMs: 100 });
    costs(lab, await ask(lab, flat(1_000_000, 3, 1024), [steps]), {
      name: 'function',
      dollars: 1.86667,
      sum: 'requests 0.20 + a million calls of 3 ms, billed as 100 ms each, 1.66667',
    });
  }),

  edge('takes the first of two that cost the same', async (lab) => {
    const offers = [machine({ name: 'here' }), machine({ name: 'there' })];
    chooses(lab, await ask(lab, flat(1_000_000), offers), 'here', 'the cheapest of two equal ones');
  }),
];
