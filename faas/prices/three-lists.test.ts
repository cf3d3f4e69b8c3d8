import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOURS_A_MONTH } from './bill.ts';
import { dayOfHours, type HourlyLoad } from './hourly-load.ts';
import {
  BARE,
  pricedCapacity,
  serverCapacity,
  threeLists,
  wholeCpuMs,
  type Filling,
  type ListedCall,
  type ListedOption,
  type Surroundings,
  type ListedLoad,
} from './three-lists.ts';

const CALL: ListedCall = { ms: 100, memoryMb: 512, computing: 0.5 };
const FILLING: Filling = { fullTo: 0.7, callsAtOnce: 80, callMb: 25 };

interface Asked extends Partial<Surroundings>, Partial<ListedCall>, Partial<Filling> {
  readonly peakToMean?: number;
}

function listed(calls: number | HourlyLoad, asked: Asked = {}): ListedLoad {
  const day =
    typeof calls === 'number' ? dayOfHours(calls, asked.peakToMean ?? 1, HOURS_A_MONTH) : calls;
  return threeLists(day, { ...CALL, ...asked }, { ...BARE, ...asked }, { ...FILLING, ...asked });
}

const cents = (amount: number): string => amount.toFixed(2);

/** The first tenth of a million calls a month, all day alike, at which the function costs more. */
function dearerFrom(server: 'container' | 'machine', asked: Asked = {}): string {
  const isDearer = (tenths: number): boolean => {
    const lists = listed(tenths * 1e5, asked);
    return lists.function.month > lists[server].month;
  };
  // By the million first: a tenth at a time takes a second.
  let tenths = 10;
  while (tenths < 1000 && !isDearer(tenths)) tenths += 10;
  tenths -= 9;
  while (tenths < 1000 && !isDearer(tenths)) tenths += 1;
  return tenths < 1000 ? (tenths / 10).toFixed(1) : 'never';
}

describe('the derived facts', () => {
  test.each<[string, 'container' | 'machine', Asked, string]>([
    ['T09-13: 11.87 million', 'machine', {}, '11.9'],
    ['T09-13, with the free tier: 18.51', 'machine', { freeTier: true }, '18.6'],
    ['T09-14: 34.88', 'container', {}, '34.9'],
    ['T09-15, large: 3.47', 'machine', { ms: 200, memoryMb: 1024 }, '3.5'],
    ['T09-15, small: 40.32', 'machine', { ms: 50, memoryMb: 128 }, '40.4'],
    [
      'X14-26, two of everything and a balancer, against an HTTP API: 23.73',
      'machine',
      { second: true, addresses: true, balancer: true, door: 'http' },
      '23.8',
    ],
    ['a bare machine, against an HTTP API: 6.03', 'machine', { door: 'http' }, '6.1'],
  ])('%s', (_fact, server, asked, million) => {
    expect(dearerFrom(server, asked)).toBe(million);
  });

  test('T09-16: the free GB-seconds last for eight million calls, the free requests for one', () => {
    const free = (calls: number): string[] =>
      listed(calls, { freeTier: true }).function.lines.map(({ label }) => label);
    expect(listed(1e6, { freeTier: true }).function.month).toBe(0);
    expect(free(8e6)).toEqual(['Requests']);
    expect(free(8.1e6)).toEqual(['Requests', 'Duration × memory']);
  });

  test('X14-20: one call a minute, all month, costs 0.05 dollars against 12.26', () => {
    const { function: fn, machine } = listed(60 * HOURS_A_MONTH);
    expect([cents(fn.month), cents(machine.month)]).toEqual(['0.05', '12.26']);
  });

  test('X14-21: an hour of a thousand calls a second costs 3.72, as much again for an HTTP API, 12.60 for a REST API', () => {
    const [hour] = listed([3.6e6]).function.hourly;
    expect(cents(hour ?? 0)).toBe('3.72');
    const more = (door: 'http' | 'rest'): number =>
      (listed([3.6e6], { door }).function.hourly[0] ?? 0) - (hour ?? 0);
    expect([cents(more('http')), cents(more('rest'))]).toEqual(['3.60', '12.60']);
  });

  test('X14-22: a month of it costs 2,716', () => {
    const lists = listed([3.6e6], { computing: 1, fullTo: 1 });
    expect(Math.round(lists.function.month)).toBe(2716);
    // A hundred calls at once, each with 0.289 of a vCPU, are 29 containers that compute …
    expect(lists.container.servers).toEqual([29]);
    expect(cents(lists.container.month)).toBe('1045.16');
    // … and two that wait.
    expect(listed([3.6e6], { computing: 0 }).container.servers).toEqual([2]);
  });

  test('X14-28: filled to 70 %, they are 42 containers for 1,513.68, or two for 72.08', () => {
    const { container } = listed([3.6e6], { computing: 1 });
    expect([container.servers[0], cents(container.month)]).toEqual([42, '1513.68']);
    expect(cents(listed([3.6e6], { computing: 0 }).container.month)).toBe('72.08');
  });
});

describe('what a load costs in a server', () => {
  test('an address is each server’s, or the balancer’s: two, however many servers stand behind it', () => {
    const addresses = (asked: Asked): string | undefined => {
      const { lines } = listed(2e8, { addresses: true, ...asked }).machine;
      return lines.find(({ label }) => label === 'Public address')?.amount.toFixed(2);
    };
    expect(listed(2e8).machine.servers[0]).toBe(1);
    expect(addresses({})).toBe('3.65');
    expect(addresses({ peakToMean: 4 })).toBe('14.60');
    expect(addresses({ balancer: true })).toBe('7.30');
    expect(addresses({ balancer: true, peakToMean: 4 })).toBe('7.30');
    expect(addresses({ addresses: false, balancer: true })).toBeUndefined();
  });

  test('the CPU that a call takes is what Lambda gives it, and none while it waits', () => {
    expect(wholeCpuMs({ ...CALL, computing: 1 })).toBeCloseTo(28.94, 2);
    expect(wholeCpuMs({ ...CALL, memoryMb: 3538, computing: 1 })).toBe(100);
    expect(wholeCpuMs({ ...CALL, computing: 0 })).toBe(0);
    expect(serverCapacity({ ...CALL, computing: 0 }, 1, FILLING)).toBe(800);
    // Four calls of half a gigabyte fit into two.
    expect(serverCapacity({ ...CALL, computing: 0 }, 1, { ...FILLING, callMb: 512 })).toBe(40);
    expect(serverCapacity({ ...CALL, computing: 1 }, 2, FILLING)).toBeCloseTo(48.4, 1);
    // 0.4 of a vCPU at 28.94 ms a call; calls that wait need a place alone.
    expect(pricedCapacity({ ...CALL, computing: 1 }, FILLING)).toBeCloseTo(13.8, 1);
    expect(pricedCapacity({ ...CALL, computing: 0 }, FILLING)).toBe(800);
  });

  test('containers follow the load from hour to hour, and machines are there for the peak', () => {
    const { container, machine } = listed([0, 1e6, 100_000]);
    expect(container.servers).toEqual([1, 6, 1]);
    expect(machine.servers).toEqual([3, 3, 3]);
  });

  test('a burstable machine pays for CPU beyond its baseline, averaged over a day (X14-19)', () => {
    const label = 'CPU beyond the baseline';
    const surplus = (calls: number, asked: Asked = {}): number =>
      listed(calls, asked).machine.lines.find((line) => line.label === label)?.quantity ?? 0;
    // 0.4 of a vCPU are 27.6 such calls a second, in this month 72.6 million.
    expect(surplus(72e6)).toBe(0);
    expect(surplus(80e6)).toBeGreaterThan(0);
    expect(surplus(80e6, { computing: 0 })).toBe(0);
    // A thousand a second use 28.94 vCPUs; fifteen machines have six of them in their price.
    expect(surplus(2.628e9, { computing: 1, fullTo: 1 }) / HOURS_A_MONTH).toBeCloseTo(22.94, 2);
    // What one quiet day has left, the next one cannot use.
    const two = [...Array<number>(24).fill(0), ...Array<number>(24).fill(2e5)];
    expect(listed(two).machine.lines.map((line) => line.label)).toContain(label);
  });

  test('a sharper peak of as many calls changes nothing for the function, and makes nothing cheaper', () => {
    const peaks = fc.tuple(
      fc.double({ min: 1, max: 24, noNaN: true }),
      fc.double({ min: 1, max: 24, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.double({ min: 1e3, max: 1e9, noNaN: true }), peaks, (calls, pair) => {
        const [flat, sharp] = [...pair]
          .sort((a, b) => a - b)
          .map((peakToMean) => listed(calls, { peakToMean }));
        expect((sharp?.function.month ?? 0) / (flat?.function.month ?? 1)).toBeCloseTo(1, 6);
        expect(sharp?.machine.month).toBeGreaterThanOrEqual(
          (flat?.machine.month ?? 0) * (1 - 1e-9),
        );
      }),
    );
  });

  test('no month costs less with more calls', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        fc.double({ min: 1, max: 3, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (calls, factor, computing) => {
          const [less, more] = [
            listed(calls, { computing }),
            listed(calls * factor, { computing }),
          ];
          for (const id of ['function', 'container', 'machine'] as const) {
            expect(more[id].month).toBeGreaterThanOrEqual(less[id].month * (1 - 1e-9));
          }
        },
      ),
    );
  });

  test('nobody calls: the function costs nothing, a server its whole price, and nothing is NaN', () => {
    const { function: fn, container, machine } = listed(0);
    expect([fn.month, cents(container.month), cents(machine.month)]).toEqual([0, '36.04', '12.26']);
    expect(fn.hourly.every((hour) => hour === 0)).toBe(true);
  });

  test('the hours of every option add up to its month', () => {
    const around = {
      second: true,
      addresses: true,
      balancer: true,
      nat: true,
      diskGb: 20,
      logBytes: 1000,
      answerBytes: 2000,
      freeTier: true,
    };
    const lists = listed(5e7, { ...around, door: 'rest', peakToMean: 5 });
    const mean = ({ hourly }: ListedOption): number =>
      hourly.reduce((sum, hour) => sum + hour, 0) / hourly.length;
    for (const option of Object.values(lists) as ListedOption[]) {
      expect(mean(option) * HOURS_A_MONTH).toBeCloseTo(option.month, 6);
    }
  });
});

test('what stands around is on the bill of whoever needs it', () => {
  const labels = (option: ListedOption): string[] => option.lines.map(({ label }) => label);
  const {
    function: fn,
    container,
    machine,
  } = listed(1e7, {
    door: 'http',
    nat: true,
    addresses: true,
    balancer: true,
    diskGb: 20,
    logBytes: 1000,
    answerBytes: 20_000,
  });
  expect(labels(fn)).toEqual([
    'NAT gateway',
    'Requests',
    'Duration × memory',
    'Gateway requests',
    'Logs',
    'Answers',
  ]);
  expect(labels(container)).toEqual([
    'CPU',
    'Memory',
    'Load balancer',
    'Public address',
    'Logs',
    'Answers',
  ]);
  expect(labels(machine)).toEqual([
    'Machine',
    'Disk',
    'Load balancer',
    'Public address',
    'Logs',
    'Answers',
  ]);
  const amount = (option: ListedOption, of: string): string =>
    cents(option.lines.find(({ label }) => label === of)?.amount ?? 0);
  expect(amount(fn, 'NAT gateway')).toBe('32.85');
  expect(amount(container, 'Load balancer')).toBe('16.43');
  expect(amount(machine, 'Public address')).toBe('7.30');
  expect(amount(machine, 'Disk')).toBe('1.60');
  // A kilobyte of log a call, ten million times (X14-10); 20 kB of answer are 200 GB.
  expect([amount(fn, 'Logs'), amount(machine, 'Answers')]).toEqual(['5.00', '18.00']);
});

test('a year of hours is priced hour by hour', () => {
  const year = Array.from({ length: 8760 }, (_none, hour) => (hour % 24) * 1e5);
  const { container } = listed(year);
  expect(container.hourly).toHaveLength(8760);
  expect(container.servers.slice(0, 4)).toEqual([1, 1, 2, 2]);
});
