import { expect, test } from 'vitest';
import { FUNCTION_TABLES, MACHINE_TABLES } from '#faas/prices/catalog.ts';
import { drawBreakEven, breakEvenSummary } from './draw.ts';
import { compareCosts } from './comparison.ts';
import { FIRST_BREAK_EVEN, type BreakEvenSetup } from './setup.ts';

const draw = (change: Partial<BreakEvenSetup> = {}): string =>
  String(drawBreakEven(compareCosts({ ...FIRST_BREAK_EVEN, ...change })));
const words = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, text = '']) =>
    text
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll('\u00a0', ' ')
      .trim(),
  );

test('both lines carry their names, and the crossing and the reader their numbers', () => {
  const text = words(draw());
  for (const expected of [
    'AWS Lambda (x86, on demand)',
    'AWS EC2 (t4g.small)',
    '11.87 M calls',
    '4.5 a second',
    'you: 1 M',
    'function cheaper',
    '$10',
    '10 k',
  ]) {
    expect(text).toContain(expected);
  }
});

test('the picture is said in a sentence', () => {
  expect(breakEvenSummary(compareCosts(FIRST_BREAK_EVEN)).replaceAll('\u00a0', ' ')).toBe(
    'Cost a month over calls a month. At 1 M calls a month AWS Lambda (x86, on demand) costs $1.03 ' +
      'and AWS EC2 (t4g.small) $12.26. Their lines cross at 11.87 M calls a month.',
  );
});

test('a crossing beyond the axis is not drawn at its edge', () => {
  expect(words(draw({ ms: 1, mb: 64, machines: 100 })).join()).not.toContain('calls,');
  expect(draw({ machine: 'own-machine', own: 0.0001 })).not.toContain('class="crossing"');
});

test('whatever is compared, every coordinate is a number inside the picture', () => {
  const changes: Partial<BreakEvenSetup>[] = [
    {},
    { calls: 1 },
    { calls: 1e9 },
    { machine: 'own-machine', own: 0 },
    { ms: 900_000, mb: 10_240 },
    { free: true, gateway: true },
  ];
  for (const { id: fn } of FUNCTION_TABLES) {
    for (const { id: machine } of MACHINE_TABLES) {
      for (const change of changes) {
        const svg = draw({ fn, machine, ...change });
        expect(svg).not.toMatch(/NaN|Infinity|undefined/);
        const [, path = ''] = /class="function" d="([^"]*)"/.exec(svg) ?? [];
        for (const [, x, y] of path.matchAll(/[ML](\S+) ([\d.-]+)/g)) {
          expect(Number(x)).toBeGreaterThanOrEqual(0);
          expect(Number(x)).toBeLessThanOrEqual(1000);
          expect(Number(y)).toBeGreaterThanOrEqual(0);
          expect(Number(y)).toBeLessThanOrEqual(240);
        }
      }
    }
  }
});
