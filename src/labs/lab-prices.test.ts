import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BARE, pricedCapacity, threeLists } from '#faas/prices/three-lists.ts';
import type { FactData } from '#src/content/schemas.ts';

const facts = JSON.parse(readFileSync('src/content/facts.json', 'utf8')) as FactData[];
const valueOf = (id: string): unknown => facts.find((fact) => fact.id === id)?.value;

/** Every number that a file gives for this price. */
function given(file: string, name: string): number[] {
  const text = readFileSync(`src/content/labs/${file}`, 'utf8');
  return [...text.matchAll(new RegExp(`${name}"?: ([\\d._]+)`, 'g'))].map(([, digits = '']) =>
    Number(digits.replaceAll('_', '')),
  );
}

test.each([
  'pay-per-execution/bill/check.ts',
  'pay-per-execution/bill/lab.yaml',
  'three-complaints/three-complaints/lab.yaml',
])('the prices in %s are those of the facts', (file) => {
  expect(new Set(given(file, 'perMillionCalls'))).toEqual(new Set([valueOf('T03-01')]));
  expect(new Set(given(file, 'perGbSecond'))).toEqual(new Set([valueOf('T03-02')]));
});

test('so are the GB-seconds that are free', () => {
  const numbers = given('pay-per-execution/bill/check.ts', 'freeGbSeconds');
  expect(numbers.filter((number) => number > 0)).toEqual([valueOf('T03-05')]);
});

test('a machine of the lab cheapest carries what its price covers, and costs no less than in the figure', () => {
  const lab = 'the-case-against-cost/cheapest';
  const call = { ms: 100, memoryMb: 512, computing: 1 };
  const filling = { fullTo: 0.7, callsAtOnce: 80, callMb: 25 };
  const within = Math.floor(pricedCapacity(call, filling));
  expect(new Set(given(`${lab}/lab.yaml`, 'perHour'))).toEqual(new Set([valueOf('T03-30')]));
  expect(new Set(given(`${lab}/lab.yaml`, 'callsPerSecond'))).toEqual(new Set([within]));
  expect(given(`${lab}/check.ts`, 'callsPerSecond')[0]).toBe(within);
  for (let perSecond = 1; perSecond <= 60; perSecond += 1) {
    const { machine } = threeLists([perSecond * 3600], call, BARE, filling);
    const month = Math.ceil(perSecond / within) * (valueOf('T03-30') as number) * 730;
    if (perSecond <= within) expect(machine.month).toBeCloseTo(month, 6);
    else expect(machine.month).toBeLessThanOrEqual(month);
  }
});
