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
    '10 M',
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

/** Points of the function's line, as shares of the width and of the height from below. */
function line(svg: string): [calls: number, cost: number][] {
  const [, path = ''] = /class="function" d="([^"]*)"/.exec(svg) ?? [];
  return [...path.matchAll(/[ML](\S+?) ([\d.]+)/g)].map(([, x, y]) => [
    Number(x) / 1000,
    1 - Number(y) / 240,
  ]);
}

test('a bill that grows with each call is a straight line from nothing', () => {
  const points = line(draw());
  const [[calls, cost] = [0, 0]] = points.slice(-1);
  for (const [x, y] of points) expect(y).toBeCloseTo((cost / calls) * x, 1);
  expect(points[0]).toEqual([0, 0]);
});

test('what is free lies on the ground, and from there the line rises', () => {
  const [first, second, third] = line(draw({ free: true }));
  expect(first).toEqual([0, 0]);
  expect(second?.[1]).toBe(0);
  expect(second?.[0]).toBeGreaterThan(0);
  expect(third?.[1]).toBeGreaterThan(0);
});

test('the lines cross in the middle, whatever they are; a reader far beyond is pointed to', () => {
  for (const change of [{}, { ms: 500, mb: 2048 }, { machines: 20 }]) {
    const [, at = ''] =
      /<svg x="([\d.]+)%" [^>]*><circle class="crossing"/.exec(draw(change)) ?? [];
    expect(Number(at)).toBeGreaterThan(35);
    expect(Number(at)).toBeLessThanOrEqual(50);
  }
  expect(words(draw({ calls: 1e9 }))).toContain('you: 1 B →');
  expect(draw({ calls: 1e9 })).not.toContain('class="reader"');
});
