import { expect, test } from 'vitest';
import { clickBill } from '#faas/prices/bill.ts';
import { RECEIPT_TABLES } from '#faas/prices/receipt-tables.ts';
import { lambdaArm } from '#faas/prices/tables/lambda.ts';
import { money, usageOfRuns } from '#src/demo/receipt/bill.ts';
import { aRun } from '#src/demo/receipt/fixtures/run.ts';
import { slips } from './slips.ts';

const text = (html: string): string => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

test('every provider has a slip, each line with formula, source and date', () => {
  const html = String(slips([aRun()], 256));
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

test('the totals are those of the core: one click, a million, and a million free tier on', () => {
  const [run, said] = [aRun(), text(String(slips([aRun()], 256)))];
  const { once, million } = clickBill(lambdaArm, usageOfRuns([run], 256));
  expect(said).toContain(`one click ${money(once.total, 'USD')}`);
  expect(said).toContain(`a million ${money(1e6 * once.total, 'USD')}`);
  expect(said).toContain(`free tier on ${money(million.total, 'USD')}`);
});

test('what was used is said: a cold start when there was one, CPU when it was measured', () => {
  expect(text(String(slips([aRun()], 256)))).toContain(
    'One click: 1 request, 52 ms of cold start, 8.0 ms in the handler, 3.5 ms of CPU, 256 MB configured.',
  );
  const warm = aRun({ cpuMs: null, split: { ...aRun().split, start: null, init: null } });
  expect(text(String(slips([warm], 128)))).toContain('warm, 8.0 ms in the handler, CPU time not');
});

test('a fee is in the million and in no click', () => {
  expect(text(String(slips([aRun()], 256)))).toContain('Plan: $5.00 a month. It is in the million');
});

test('what stands around it is priced for the same million', () => {
  const said = text(String(slips([aRun()], 256)));
  expect(said).toMatch(
    /HTTP API.*a million \$1\.00.*REST API.*a million \$3\.50.*DynamoDB.*a million \$0\.75/,
  );
});
