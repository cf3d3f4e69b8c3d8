import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FactData } from '#src/content/schemas.ts';
import { factValue } from './fact-value.ts';

describe('a quantity is written as in a sentence', () => {
  it.each([
    [125, 'ms (max)', '125\u00a0ms'],
    [45, '%', '45%'],
    [15, '% of EC2 price', '15% of EC2 price'],
    [36, '% of invocations (HTTP)', '36% of invocations'],
    [100, 'x (claim)', '100×'],
    [0.2, 'USD/1M requests', '$0.20 per million requests'],
    [0.0000166667, 'USD/GB-s', '$0.0000166667 per GB-second'],
    [5, 'USD/month', '$5 per month'],
    [6.49, 'EUR/month net', '€6.49 per month net'],
    [400000, 'GB-s/month', '400,000\u00a0GB-s per month'],
    [1000, 'environments/10 s', '1,000\u00a0environments per 10 seconds'],
    [11.87, 'M invocations/month', '11.87\u00a0million invocations per month'],
    [1, 'pods', '1\u00a0pod'],
    [2012, 'year', '2012'],
    [1, 'year (max, durable)', '1\u00a0year'],
    ['2025-10-08', 'date', '8 October 2025'],
    ['2021-11', 'month', 'November 2021'],
    ['2.34.2', 'version', '2.34.2'],
    [7, null, '7'],
  ])('%s %s', (value, unit, text) => {
    expect(factValue(value, unit)).toBe(text);
  });

  it('and every fact of the course has one that reads, without leftovers of its unit', () => {
    const facts = JSON.parse(readFileSync('src/content/facts.json', 'utf8')) as FactData[];
    const texts = facts.flatMap(({ value, unit }) =>
      value === null ? [] : [factValue(value, unit)],
    );
    expect(texts.length).toBeGreaterThan(100);
    expect(texts.filter((text) => /[/()_]|USD|EUR|\bM\b|undefined|NaN/.test(text))).toEqual([]);
  });
});
