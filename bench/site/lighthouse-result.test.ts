import { describe, expect, it } from 'vitest';
import { readResult } from './lighthouse-result.ts';

function report(more: object = {}): string {
  const full = { score: 1, auditRefs: [] };
  return JSON.stringify({
    audits: {
      'largest-contentful-paint': {
        id: 'largest-contentful-paint',
        score: 0.98,
        numericValue: 1_712.4,
        displayValue: '1.7\u00a0s',
      },
      'color-contrast': { id: 'color-contrast', score: 0 },
      'speed-index': { id: 'speed-index', score: 1 },
      'print-size': { id: 'print-size', score: null },
      'crawlable-anchors': { id: 'crawlable-anchors', score: 0 },
    },
    categories: {
      performance: {
        score: 0.985,
        auditRefs: [
          { id: 'largest-contentful-paint', weight: 25 },
          { id: 'speed-index', weight: 10 },
          { id: 'print-size', weight: 5 },
        ],
      },
      accessibility: { score: 0.96, auditRefs: [{ id: 'color-contrast', weight: 7 }] },
      'best-practices': full,
      seo: { score: 1, auditRefs: [{ id: 'crawlable-anchors', weight: 0 }] },
    },
    ...more,
  });
}

describe('a result of Lighthouse', () => {
  it('has the scores as Lighthouse shows them, and the largest paint in ms', () => {
    const { scores, lcpMs } = readResult(report());
    expect(scores).toEqual({ performance: 99, accessibility: 96, 'best-practices': 100, seo: 100 });
    expect(lcpMs).toBe(1_712.4);
  });

  it('names the audits that cost points, and no other', () => {
    expect(readResult(report()).losses).toEqual([
      { category: 'performance', audit: 'largest-contentful-paint', seen: '1.7 s' },
      { category: 'accessibility', audit: 'color-contrast', seen: '' },
    ]);
  });

  it('is an error when the page could not be judged', () => {
    const runtimeError = { code: 'NO_FCP', message: 'The page did not paint anything.' };
    expect(() => readResult(report({ runtimeError }))).toThrow('NO_FCP: The page did not paint');
  });
});
