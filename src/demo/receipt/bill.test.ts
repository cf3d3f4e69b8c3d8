import { expect, test } from 'vitest';
import { RECEIPT_TABLES } from '#faas/prices/receipt-tables.ts';
import { billOf, clicksForADollar, foldedBill, usageOfRuns } from './bill.ts';
import { aRun } from './fixtures/run.ts';

test('a bill has every provider, and for each line its formula, source and date', () => {
  const bill = billOf([aRun()], 256, 'lines').toString();
  expect(RECEIPT_TABLES.length).toBeGreaterThanOrEqual(4);
  for (const table of RECEIPT_TABLES) {
    expect(bill).toContain(`<th scope="row">${table.provider} <small>`);
    for (const charge of table.charges) {
      expect(bill).toContain(`${charge.tiers[0]?.citation.asOf ?? ''}`);
    }
  }
});

test('a bill names no fact by its id, and says what was rounded', () => {
  const bill = billOf([aRun()], 256, 'lines').toString();
  expect(bill).toContain('since 1 August 2025');
  expect(bill).not.toMatch(/T\d\d-\d\d/);
  expect(bill).toContain('each time rounded up to 100 ms');
});

test('without lines a bill still says how old its prices are', () => {
  const bill = billOf([aRun()], 256, 'sums').toString();
  expect(bill).not.toContain('How each is computed');
  expect(bill.match(/prices of \d{4}/g)).toHaveLength(RECEIPT_TABLES.length);
});

test('what the front door refused or answered itself costs nothing', () => {
  const kept = aRun({
    status: 429,
    instance: null,
    rules: [{ rule: 'throttle', outcome: 'refused', why: 'No token is left.' }],
  });
  const hit = aRun({
    instance: null,
    rules: [{ rule: 'cache', outcome: 'answered', why: 'Known.' }],
  });
  expect(usageOfRuns([aRun(), kept, hit], 256)).toEqual(usageOfRuns([aRun()], 256));
  expect(usageOfRuns([kept], 256).requests).toBe(0);
  expect(billOf([aRun(), kept, hit], 256, 'sums').toString()).toContain(
    'A million times these 3 calls, of which 1 ran, a month',
  );
  // A call that the door waited too long for runs on, and is paid for.
  const late = aRun({ rules: [{ rule: 'timeLimit', outcome: 'refused', why: 'It waits.' }] });
  expect(usageOfRuns([late], 256)).toEqual(usageOfRuns([aRun()], 256));
});

test('more time costs more', () => {
  const amounts = (handler: number): number[] =>
    [
      ...billOf([aRun({ cpuMs: handler, split: { ...aRun().split, handler } })], 256, 'sums')
        .toString()
        .matchAll(/\$([\d.]+)<\/td>/g),
    ].map((match) => Number(match[1]));
  const [short, long] = [amounts(10), amounts(1000)];
  expect(long.length).toBe(short.length);
  expect(
    long.filter((amount, index) => amount > (short[index] ?? Infinity)).length,
  ).toBeGreaterThan(4);
});

test('before prices are explained, a bill waits behind a fold', () => {
  const bill = String(foldedBill([aRun()], 256, 'lines'));
  expect(bill).toMatch(/^<details[^>]*><summary>/);
  expect(bill).toContain(String(billOf([aRun()], 256, 'lines')));
});

test('how many clicks a dollar pays for is told as a power of ten', () => {
  const warm = { ...aRun().split, start: null, init: null };
  const run = (handler: number) => aRun({ cpuMs: handler, split: { ...warm, handler } });
  expect(clicksForADollar([run(30)], 256)).toBe('about a million');
  expect(clicksForADollar([run(30), run(30)], 256)).toBe('about a million');
  expect(clicksForADollar([run(3000)], 256)).toBe('about ten thousand');
});
