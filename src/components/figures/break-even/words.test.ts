import { expect, test } from 'vitest';
import type { Markup } from '#src/components/markup.ts';
import { compareCosts, type CostComparison } from './comparison.ts';
import { FIRST_BREAK_EVEN, type BreakEvenSetup } from './setup.ts';
import { providersTable, bothBills, breakEvenTable } from './table.ts';
import { costVerdict, costWorking } from './words.ts';

const said = (part: (of: CostComparison) => Markup, change: Partial<BreakEvenSetup> = {}): string =>
  String(part(compareCosts({ ...FIRST_BREAK_EVEN, ...change })))
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('\u00a0', ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ (?=[.,])/g, '');

test('who is cheaper, by how much, and where they meet', () => {
  expect(said(costVerdict)).toContain(
    'The function is cheaper than the machine by $11.23 a month.',
  );
  expect(said(costVerdict)).toContain(
    'They cost the same at 11.87 million calls a month, 4.5 a second',
  );
  expect(said(costVerdict, { calls: 1e8 })).toContain(
    'The machine is cheaper than the function by $91',
  );
});

test('two that never meet say why', () => {
  const kept = { fn: 'lambda-arm-provisioned', ready: 10 };
  expect(said(costVerdict, kept)).toContain('costs more than AWS EC2 (t4g.small) before the first');
  expect(said(costVerdict, { fn: 'workers-free', calls: 1e5 })).toContain('does not grow');
});

test('a plan that refuses the load is no bargain', () => {
  expect(said(costVerdict, { fn: 'workers-free', calls: 1e8 })).toContain(
    'refuses calls beyond it',
  );
});

test('the formula has the numbers that it is computed from', () => {
  const text = said(costWorking);
  expect(text).toContain(
    '1 request × 0.2 USD ÷ 1,000,000 + 0.05 GB-seconds × 0.0000166667 USD = $0.0000010333',
  );
  expect(text).toContain('730 hours × 0.0168 USD = $12.26');
  expect(text).toContain('$12.26 ÷ $0.0000010333 a call = 11.87 million calls a month');
  expect(12.264 / 0.0000010333).toBeCloseTo(11.87e6, -5);
});

test('what is free, and what is due anyway, stands in the formula', () => {
  expect(said(costWorking, { free: true })).toContain(
    '($12.26 + $6.87 that the free quantities are worth) ÷ $0.0000010333 a call = 18.51 million',
  );
  expect(said(costWorking, { fn: 'workers-paid' })).toContain(
    '− $4.40 that is due with few calls too',
  );
});

test('the table has the marks of the axis, the crossing and the reader', () => {
  expect(said(breakEvenTable)).toContain('11.87 million they cross 4.5 a second $12.26 $12.26');
  expect(said(breakEvenTable, { calls: 2e6 })).toContain(
    '2 million you 0.76 a second $2.07 $12.26',
  );
});

test('every provider has its cost or its refusal, and where it meets the machine', () => {
  expect(said(providersTable)).toContain('AWS Lambda (x86, on demand) $1.03 11.87 M');
  expect(said(providersTable)).toContain('Vercel (Hobby) refused —');
});

test('each price has its source and its date', () => {
  const html = String(bothBills(compareCosts(FIRST_BREAK_EVEN)));
  expect(html).toContain('href="https://aws.amazon.com/ec2/pricing/on-demand/"');
  expect(html).toContain('2026-09-16');
  expect(said(bothBills, { machine: 'own-machine' })).toContain(
    '10 USD a month your own price $10.00',
  );
});
