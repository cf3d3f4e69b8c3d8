import { expect, test } from 'vitest';
import { LineBudget } from './line-budget.ts';

test('a flood of lines ends with a note, and goes on in the next second', () => {
  let now = 0;
  const budget = new LineBudget(() => now);
  const printed: string[] = [];
  const flood = (): void => {
    for (let n = 0; n < 100_000; n += 1) {
      const line = budget.take(`line ${String(n)}`);
      if (line !== null) printed.push(line);
    }
  };
  flood();
  expect(printed.length).toBeLessThan(1100);
  expect(printed[0]).toBe('line 0');
  expect(printed.at(-1)).toMatch(/^… .* left out/);
  expect(printed.filter((line) => line.startsWith('…'))).toHaveLength(1);
  now = 999;
  expect(budget.take('more')).toBeNull();
  now = 1000;
  expect(budget.take('more')).toBe('more');
});

test('few lines that are very long are a flood too, and each is cut', () => {
  const budget = new LineBudget(() => 0);
  const lines = Array.from({ length: 100 }, () => budget.take('x'.repeat(1_000_000)));
  const printed = lines.filter((line) => line !== null);
  expect(printed[0]).toMatch(/^x{65536} … \(cut after 65536 characters\)$/);
  expect(printed.length).toBeLessThan(20);
});
