import { expect, test } from 'vitest';
import { MEASURED_STARTS, RUNTIME_FAMILIES } from './lambda-perf.ts';

test('every row of the table is read: 620 configurations, each the mean of nine or ten starts', () => {
  expect(MEASURED_STARTS).toHaveLength(620);
  expect(new Set(MEASURED_STARTS.map(({ samples }) => samples))).toEqual(new Set([9, 10]));
  expect(new Set(MEASURED_STARTS.map(({ memoryMb }) => memoryMb))).toEqual(
    new Set([128, 256, 512, 1024]),
  );
});

test('no configuration stands there twice, and every family has some', () => {
  const names = MEASURED_STARTS.map((one) =>
    [one.runtime, one.package, one.memoryMb, one.arch].join(),
  );
  expect(new Set(names).size).toBe(620);
  const families = new Set(MEASURED_STARTS.map(({ family }) => family));
  expect([...families].sort()).toEqual([...RUNTIME_FAMILIES].sort());
});

test('.NET as it comes and .NET compiled ahead are two families', () => {
  const of = (runtime: string) => MEASURED_STARTS.find((one) => one.runtime === runtime)?.family;
  expect(of('dotnet8')).toBe('.NET');
  expect(of('dotnet8 aot (prov.al2023)')).toBe('.NET, compiled ahead');
  expect(of('java21')).toBe('Java');
});

test('the numbers are those that the facts print', () => {
  const [row] = MEASURED_STARTS.filter(
    ({ runtime, package: packed, memoryMb, arch }) =>
      runtime === 'dotnet8' && packed === 'zip' && memoryMb === 128 && arch === 'x86_64',
  );
  // T05-17: 715 ms in the first call after an init of 248 ms.
  expect(Math.round(row?.firstCallMs ?? 0)).toBe(715);
  expect(Math.round(row?.initMs ?? 0)).toBe(248);
});
