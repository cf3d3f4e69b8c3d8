import fc from 'fast-check';
import { expect, test } from 'vitest';
import { add, Meter, NO_USAGE, roundUp, times, usageOf } from './usage.ts';
import type { Usage } from './usage.ts';

const invocation = fc.record({
  handlerMs: fc.double({ min: 0, max: 900_000, noNaN: true }),
  coldMs: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 10_000, noNaN: true })),
  cpuMs: fc.option(fc.double({ min: 0, max: 900_000, noNaN: true })),
  memoryMb: fc.integer({ min: 64, max: 10_240 }),
  responseBytes: fc.option(fc.nat()),
});

function expectClose(found: Usage, expected: Usage): void {
  for (const field of Object.keys(expected) as (keyof Usage)[]) {
    const scale = Math.max(1, Math.abs(expected[field]));
    expect(Math.abs(found[field] - expected[field]) / scale, field).toBeLessThan(1e-9);
  }
}

test('each invocation is rounded by itself, before adding', () => {
  const three = usageOf([
    { handlerMs: 1.2, memoryMb: 512 },
    { handlerMs: 1.2, memoryMb: 512 },
    { handlerMs: 100.1, memoryMb: 512 },
  ]);
  expect(three.billed1Ms).toBe(2 + 2 + 101);
  expect(three.active100Ms).toBe(100 + 100 + 200);
  expect(three.active1000Ms).toBe(3000);
  expect(three.billed1MbMs).toBe(105 * 512);
});

test('a cold start is billed with its invocation, and rounded with it', () => {
  const { billed1Ms, coldMs } = usageOf([{ handlerMs: 3.01, coldMs: 160.85, memoryMb: 128 }]);
  expect(billed1Ms).toBe(164);
  expect(coldMs).toBe(160.85);
});

test('a whole number of steps stays, also when a sum of fractions is off by a hair', () => {
  expect(roundUp(0.1 + 0.2 + 99.7, 100)).toBe(100);
  expect(roundUp(100.0000000001, 1)).toBe(100);
  expect(roundUp(100.01, 1)).toBe(101);
  expect(roundUp(0, 100)).toBe(0);
});

test('CPU time that could not be measured is bounded by the handler time', () => {
  const usage = usageOf([
    { handlerMs: 50, cpuMs: 7, memoryMb: 128 },
    { handlerMs: 30, cpuMs: null, memoryMb: 128 },
  ]);
  expect(usage).toMatchObject({ cpuMs: 7, cpuUnmeasuredMs: 30 });
});

test('a meter tells idle time from active time', () => {
  const meter = new Meter(1024);
  meter.invoked(40, 60, 5, 2000);
  meter.active(100);
  meter.lived(10_100);
  expect(meter.usage()).toMatchObject({
    requests: 1,
    activeMs: 100,
    instanceMs: 10_100,
    instance100MbMs: 10_100 * 1024,
    responseBytes: 2000,
  });
});

test('usage of two lists together is the sum of their usages', () => {
  fc.assert(
    fc.property(fc.array(invocation), fc.array(invocation), (a, b) => {
      expectClose(usageOf([...a, ...b]), add(usageOf(a), usageOf(b)));
    }),
  );
});

test('a usage n times over is n usages added', () => {
  fc.assert(
    fc.property(fc.array(invocation), fc.integer({ min: 0, max: 20 }), (list, n) => {
      let sum = NO_USAGE;
      for (let i = 0; i < n; i++) sum = add(sum, usageOf(list));
      expectClose(times(usageOf(list), n), sum);
    }),
  );
});

test('billed usage is never less than measured usage', () => {
  fc.assert(
    fc.property(fc.array(invocation), (list) => {
      const usage = usageOf(list);
      const slack = list.length * 1e-6 + usage.instanceMs * 1e-12;
      expect(usage.billed1Ms + slack).toBeGreaterThanOrEqual(usage.handlerMs + usage.coldMs);
      expect(usage.active100Ms + slack).toBeGreaterThanOrEqual(usage.activeMs);
      expect(usage.active1000Ms).toBeGreaterThanOrEqual(usage.active100Ms);
      expect(usage.instance100Ms + slack).toBeGreaterThanOrEqual(usage.instanceMs);
      expect(usage.instanceMs).toBeGreaterThanOrEqual(usage.handlerMs);
    }),
  );
});

test('no usage field is ever negative', () => {
  fc.assert(
    fc.property(fc.array(invocation), (list) => {
      for (const value of Object.values(usageOf(list))) expect(value).toBeGreaterThanOrEqual(0);
    }),
  );
});
