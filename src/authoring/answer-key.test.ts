import { describe, expect, test } from 'vitest';
import { FUNCTION_TABLES } from '#faas/prices/catalog.ts';
import { isRightAmount, answerOf, asWritten, isRaised, type Change } from './answer-key.ts';

const call = { handlerMs: 120, memoryMb: 512, freeTier: false } as const;

describe('a computed answer', () => {
  test('is the bill of a month', () => {
    const key = { table: 'lambda-x86', requests: 3e6, ...call };
    expect(answerOf({ bill: key })).toBeCloseTo(0.6 + 3e6 * 0.06 * 0.0000166667, 9);
    expect(answerOf({ bill: { ...key, only: 'Requests' } })).toBeCloseTo(0.6, 12);
    expect(answerOf({ bill: { ...key, gateway: 'api-gateway-http' } })).toBeCloseTo(6.6, 4);
    expect(answerOf({ bill: key, times: 2 })).toBe(2 * answerOf({ bill: key }));
  });

  test('is a break-even, in the unit asked for (T09-13, T09-14)', () => {
    const fn = { function: 'lambda-x86', ...call, handlerMs: 100 };
    const millions = (machine: string): number =>
      answerOf({ breakEven: { ...fn, machine }, times: 1e-6 });
    expect(isRightAmount(11.87, millions('ec2-t4g-small'))).toBe(true);
    expect(isRightAmount(34.88, millions('fargate-x86'))).toBe(true);
    const machine = 'ec2-t4g-small';
    expect(answerOf({ breakEven: { ...fn, machine, only: 'Requests' } })).toBeCloseTo(61.32e6, 0);
  });

  test('is how many calls are under way at a time', () => {
    expect(answerOf({ busy: { callsPerSecond: 20, seconds: 0.25 } })).toBe(5);
  });

  test('is how often one of several is slow, in per cent', () => {
    // Dean and Barroso, 2013: with one slow answer in a hundred, 63 per cent of pages that need a hundred.
    expect(answerOf({ anyOf: { share: 0.01, of: 100 } })).toBeCloseTo(63.4, 1);
    expect(answerOf({ anyOf: { share: 0.01, of: 1 } })).toBeCloseTo(1, 10);
    expect(answerOf({ anyOf: { share: 0, of: 10 } })).toBe(0);
  });

  test('is a percentile by the nearest rank', () => {
    const values = [30, 10, 20, 40];
    const at = (share: number): number => answerOf({ percentile: { values, share } });
    expect([0, 25, 50, 51, 75, 100].map(at)).toEqual([10, 10, 20, 30, 30, 40]);
    expect(values).toEqual([30, 10, 20, 40]);
  });

  test('is refused with what there is when something is not', () => {
    const key = { table: 'lambda', requests: 1, ...call };
    expect(() => answerOf({ bill: key })).toThrow(/no price table "lambda".*lambda-x86/);
    expect(() => answerOf({ bill: { ...key, table: 'lambda-arm', only: 'CPU' } })).toThrow(
      /no charge "CPU"\. There are Requests, Duration × memory/,
    );
    expect(() => answerOf({})).toThrow(/one of `bill`, `breakEven`, `busy`/);
    const busy = { callsPerSecond: 1, seconds: 1 };
    expect(() => answerOf({ busy, bill: { ...key, table: 'lambda-arm' } })).toThrow(/one of/);
    const never = { function: 'workers-free', machine: 'ec2-t3-micro', ...call };
    expect(() => answerOf({ breakEven: never })).toThrow(/never do/);
  });
});

test('a key is written to the cent, or to the decimals it has', () => {
  expect(isRightAmount(20.2, 20.1987)).toBe(true);
  expect(isRightAmount(20.2, 20.2149)).toBe(false);
  expect(isRightAmount(4.521, 4.5212)).toBe(true);
  expect(asWritten(20, 20.2149)).toBe(20.21);
});

describe('what raises a bill', () => {
  const raised = (table: string, change: Change): boolean => isRaised({ table, change });

  test('nothing changed raises nothing', () => {
    for (const { id } of FUNCTION_TABLES) expect(raised(id, {}), id).toBe(false);
  });

  test('on Lambda: init since August 2025, waiting, memory, a gateway; not the idle instance', () => {
    expect(raised('lambda-x86', { coldMs: 200 })).toBe(true);
    expect(raised('lambda-x86', { waitMs: 50 })).toBe(true);
    expect(raised('lambda-x86', { memoryMb: 1024 })).toBe(true);
    expect(raised('lambda-x86', { gateway: 'api-gateway-http' })).toBe(true);
    expect(raised('lambda-x86', { idleMs: 60_000 })).toBe(false);
    expect(raised('lambda-arm-provisioned', { ready: 1 })).toBe(true);
  });

  test('waiting and memory cost nothing on Workers, and less than working on Vercel', () => {
    expect(raised('workers-paid', { waitMs: 1000 })).toBe(false);
    expect(raised('workers-paid', { memoryMb: 1024 })).toBe(false);
    expect(raised('workers-paid', { workMs: 10 })).toBe(true);
    expect(raised('workers-paid', { cpuMs: 100 })).toBe(true);
    expect(raised('lambda-x86', { cpuMs: 100 })).toBe(false);
    expect(raised('vercel-pro', { waitMs: 50 })).toBe(true);
  });

  test('idle time is on the bill where instances are sold', () => {
    expect(raised('cloud-run-instances', { idleMs: 60_000 })).toBe(true);
    expect(raised('cloud-run', { idleMs: 60_000 })).toBe(false);
  });
});
