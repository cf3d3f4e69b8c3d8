import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guardedHours, type GuardedHour, type WalletAttack } from './wallet-attack.ts';

/** A thousand instances of half a gigabyte, all busy: ten thousand calls a second of 100 ms. */
const ATTACK: WalletAttack = {
  callsPerSecond: 10_000,
  ms: 100,
  memoryMb: 512,
  accountLimit: 1000,
  doorLimit: 10_000,
  cap: 20,
  doorRate: 200,
  logBytes: 0,
  answerBytes: 0,
};
const hours = (change: Partial<WalletAttack> = {}): readonly GuardedHour[] =>
  guardedHours({ ...ATTACK, ...change });
const dollars = (of: readonly GuardedHour[]): string[] => of.map(({ cost }) => cost.toFixed(2));
const lines = ({ lines: all }: GuardedHour): Record<string, string> =>
  Object.fromEntries(all.map(({ label, amount }) => [label, amount.toFixed(2)]));

test('an hour costs 73.20 without a cap, 36.74 with one in the function, 1.46 with one at the door (X14-23…25)', () => {
  expect(dollars(hours())).toEqual(['73.20', '36.74', '1.46']);
});

test('the hour is the door, the requests and the time; with a cap in the function the door stays as it was', () => {
  const [none, inFunction, atDoor] = hours();
  expect(none && lines(none)).toEqual({
    'Gateway requests': '36.00',
    Requests: '7.20',
    'Duration × memory': '30.00',
  });
  expect(inFunction && lines(inFunction)).toEqual({
    'Gateway requests': '36.00',
    Requests: '0.14',
    'Duration × memory': '0.60',
  });
  expect(atDoor && lines(atDoor)).toEqual({
    'Gateway requests': '0.72',
    Requests: '0.14',
    'Duration × memory': '0.60',
  });
});

test('without an API in front, a cap in the function makes it 0.74 (X18-01)', () => {
  const [, inFunction] = hours();
  const lambda = inFunction?.lines.filter(({ label }) => label !== 'Gateway requests') ?? [];
  expect(lambda.reduce((sum, { amount }) => sum + amount, 0).toFixed(2)).toBe('0.74');
});

test('both caps refuse the same calls, in another place', () => {
  const [none, inFunction, atDoor] = hours();
  expect(none).toMatchObject({ served: 36e6, refusedAtDoor: 0, refusedInFunction: 0 });
  expect(inFunction).toMatchObject({ served: 720_000, refusedInFunction: 35_280_000 });
  expect(atDoor).toMatchObject({ served: 720_000, refusedAtDoor: 35_280_000 });
});

test('logs and answers come on top, by the call that is answered', () => {
  const [none] = hours({ logBytes: 1000, answerBytes: 10_000 });
  expect(none && lines(none)).toMatchObject({ Logs: '18.00', Answers: '32.40' });
  expect(none?.cost.toFixed(2)).toBe('123.60');
});

test('a rate at the door does not limit how long a call takes (X14-29)', () => {
  // 200 calls a second, each dragged out to five seconds: a thousand instances.
  expect(dollars(hours({ callsPerSecond: 200, ms: 5000 }))).toEqual(['30.86', '1.32', '30.86']);
  // The same with more calls: the door lets 200 a second through, and the function takes them all.
  const [none, inFunction, atDoor] = hours({ ms: 5000 });
  expect(none && inFunction && atDoor && dollars([none, inFunction, atDoor])).toEqual([
    '66.14',
    '36.60',
    '30.86',
  ]);
  expect(atDoor).toMatchObject({ served: 720_000, refusedInFunction: 0 });
});

test('a rate above the door’s own caps nothing', () => {
  const [none, , atDoor] = hours({ doorRate: 50_000 });
  expect(atDoor?.cost).toBe(none?.cost);
});

test('a larger attack costs no more than the ceiling, which the limits make', () => {
  const flood = hours({ callsPerSecond: 1e9 });
  expect(flood.map(({ cost }) => cost)).toEqual(flood.map(({ ceiling }) => ceiling));
  expect(dollars(flood)).toEqual(dollars(hours()));
});

test('without calls nothing is paid, and the ceiling is told all the same', () => {
  const [none] = hours({ callsPerSecond: 0 });
  expect(none?.cost).toBe(0);
  expect(none?.ceiling.toFixed(2)).toBe('73.20');
});

test('a cap above the account’s limit caps nothing', () => {
  const [none, inFunction] = hours({ cap: 5000 });
  expect(inFunction?.cost).toBe(none?.cost);
});

test('no guard makes an attack dearer, and none lets it pass its ceiling', () => {
  const attack = fc.record({
    callsPerSecond: fc.double({ min: 0, max: 1e7, noNaN: true }),
    ms: fc.double({ min: 1, max: 900_000, noNaN: true }),
    memoryMb: fc.integer({ min: 128, max: 10_240 }),
    accountLimit: fc.integer({ min: 1, max: 100_000 }),
    doorLimit: fc.integer({ min: 1, max: 100_000 }),
    cap: fc.integer({ min: 1, max: 100_000 }),
    doorRate: fc.integer({ min: 1, max: 100_000 }),
    logBytes: fc.integer({ min: 0, max: 1e5 }),
    answerBytes: fc.integer({ min: 0, max: 1e6 }),
  });
  fc.assert(
    fc.property(attack, (one) => {
      const [none, inFunction, atDoor] = guardedHours(one).map(({ cost }) => cost);
      const slack = 1 + 1e-9;
      expect(inFunction).toBeLessThanOrEqual((none ?? 0) * slack);
      expect(atDoor).toBeLessThanOrEqual((none ?? 0) * slack);
      for (const { cost, ceiling } of guardedHours(one)) {
        expect(cost).toBeLessThanOrEqual(ceiling * slack);
      }
    }),
  );
});
