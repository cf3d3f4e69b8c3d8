import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
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
