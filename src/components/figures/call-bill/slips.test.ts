import { expect, test } from 'vitest';
import { clickBill } from '#faas/prices/bill.ts';
import { RECEIPT_TABLES } from '#faas/prices/receipt-tables.ts';
import { lambdaX86 } from '#faas/prices/tables/lambda.ts';
import { measuredOf, usageOfRuns } from '#src/demo/receipt/bill.ts';
import { aRun } from '#src/demo/receipt/fixtures/run.ts';
import type { Run } from '#src/demo/places/place.ts';
import { money } from '#src/format/money.ts';
import { sizesAround } from './sizes.ts';
import { slips } from './slips.ts';

const text = (html: string): string => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

test('every provider has a slip, each line with formula, source and date', () => {
  const html = String(slips([measuredOf(aRun())], 256));
  for (const { provider, charges } of RECEIPT_TABLES) {
    expect(html).toContain(`<b>${provider}</b>`);
    for (const { label, tiers } of charges) {
      const [tier] = tiers;
      expect(html).toContain(label);
      expect(html).toContain(`href="${tier?.citation.url ?? ''}"`);
      expect(html).toContain(tier?.citation.asOf);
    }
  }
});

test('the totals are those of the core: one click, a million, and a million after the free tier', () => {
  const [run, said] = [aRun(), text(String(slips([measuredOf(aRun())], 256)))];
  const { once, million } = clickBill(lambdaX86, usageOfRuns([run], 256));
  expect(said).toContain(`one click ${money(once.total, 'USD')}`);
  expect(said).toContain(`a million, list price ${money(1e6 * once.total, 'USD')}`);
  expect(said).toContain(`after the free tier ${money(million.total, 'USD')}`);
});

test('what was used is said: a cold start when there was one, CPU when it was measured', () => {
  expect(text(String(slips([measuredOf(aRun())], 256)))).toContain(
    'One click: 1 request, 52 ms of cold start, 8.0 ms in the handler, 3.5 ms of CPU, 256 MB configured.',
  );
  const warm = aRun({ cpuMs: null, split: { ...aRun().split, start: null, init: null } });
  expect(text(String(slips([measuredOf(warm)], 128)))).toContain(
    'warm, 8.0 ms in the handler, CPU time not',
  );
});

test('a fee is in the million and in no click', () => {
  expect(text(String(slips([measuredOf(aRun())], 256)))).toContain(
    'Plan: $5.00 a month. It is in the million',
  );
});

test('what stands around it is priced for the same million', () => {
  const said = text(String(slips([measuredOf(aRun())], 256)));
  expect(said).toMatch(
    /front door.*API Gateway.*\$1\.00.*database.*DynamoDB.*\$0\.75.*log.*CloudWatch.*\$0\.50.*way out.*\$0\.0025/,
  );
});

test('computing is billed as Lambda’s share of a CPU makes it, waiting as it was, and the slip says so', () => {
  const run = (handler: number, cpuMs: number): Run =>
    aRun({ cpuMs, split: { ...aRun().split, start: null, init: null, handler } });
  const durationOf = (of: Run, memoryMb: number): number =>
    Number(
      /Duration × memory <small class="formula">([\d.]+) GB-second/.exec(
        String(slips([measuredOf(of)], memoryMb)),
      )?.[1],
    );
  expect(durationOf(run(30, 30), 1024)).toBeCloseTo(durationOf(run(30, 30), 256), 6);
  expect(durationOf(run(300, 0), 1024)).toBeCloseTo(4 * durationOf(run(300, 0), 256), 6);
  expect(text(String(slips([measuredOf(run(30, 30))], 256)))).toContain(
    '256 MB come with 0.145 of a vCPU',
  );
  expect(text(String(slips([measuredOf(run(300, 0))], 256)))).not.toContain('of a vCPU');
});

test('one provider’s slip can stand alone, open and with nothing around it', () => {
  const html = String(slips([measuredOf(aRun())], 256, 'AWS Lambda'));
  expect(html.match(/<details/g)).toHaveLength(1);
  expect(html).toContain('<details open');
  expect(html).not.toContain('around a million');
});

test('the sizes offered have what is configured among them, and say which it is', () => {
  expect(sizesAround(256).map(({ text }) => text)).toContain('256 MB, as configured');
  expect(sizesAround(300).map(({ mb }) => mb)).toEqual([128, 256, 300, 512, 1024, 1769, 3538]);
});
