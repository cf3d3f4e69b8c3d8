import { describe, expect, it } from 'vitest';
import type { Loss, PageResult } from './lighthouse-result.ts';
import { pagesReport, type PageRow, type PressRow } from './pages-report.ts';

function result(performance: number, lcpMs: number, losses: readonly Loss[] = []): PageResult {
  const scores = { performance, accessibility: 100, 'best-practices': 100, seo: 100 };
  return { scores, lcpMs, losses };
}

const PRESSES: PressRow[] = [
  { path: null, slowest: { ms: 16, control: 'button “Press”', controls: 1 } },
  { path: '/', slowest: { ms: 96, control: 'button “Run”', controls: 12 } },
];

function report(...rows: PageRow[]): string {
  return pagesReport({
    date: '2026-11-29',
    machine: '2 cores',
    method: ['Phone'],
    rows,
    presses: PRESSES,
  });
}

function line(text: string, title: string, name: string): string[] {
  const section = text.split('\n## ').find((part) => part.startsWith(title)) ?? '';
  const found = section.split('\n').find((each) => each.startsWith(`| ${name} `)) ?? '';
  return found
    .split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());
}

describe('the report of pages', () => {
  const slow: Loss = { category: 'performance', audit: 'speed-index', seen: '2.1 s' };
  const home = { path: '/', results: [result(100, 900), result(98, 1_100), result(100, 950)] };
  const fine: PageRow = { ...home, failure: null };

  it('has the median of each page, with its spread where there is one', () => {
    expect(line(report(fine), 'Lighthouse', '/')).toEqual([
      '100 (98–100)',
      '100',
      '100',
      '100',
      '950 (900–1100)',
    ]);
  });

  it('judges the worst page by its median', () => {
    const other = { path: '/lessons/a/', results: [result(97, 1_600)], failure: null };
    const text = report(fine, other);
    expect(line(text, 'Targets', 'performance')).toEqual(['97', '≥ 100', 'no']);
    expect(line(text, 'Targets', 'LCP, ms')).toEqual(['1600', '≤ 1500', 'no']);
    expect(line(report(fine), 'Targets', 'performance')).toEqual(['100', '≥ 100', 'yes']);
  });

  it('calls no target reached when a page could not be measured', () => {
    const broken: PageRow = { path: '/broken/', results: [], failure: 'NO_FCP' };
    const text = report(fine, broken);
    expect(line(text, 'Targets', 'seo')).toEqual(['not measured', '≥ 100', '–']);
    expect(text).toContain('- /broken/: NO_FCP');
  });

  it('has the slowest press of each page beside that of a bare one, and judges the worst', () => {
    const text = report(fine);
    expect(line(text, 'Presses', 'a bare page')).toEqual(['1', '16', 'button “Press”']);
    expect(line(text, 'Presses', '/')).toEqual(['12', '96', 'button “Run”']);
    expect(line(text, 'Targets', 'press, ms')).toEqual(['96', '≤ 200', 'yes']);
  });

  it('says what cost points, and in how many runs', () => {
    const results = [result(99, 900, [slow]), result(100, 900), result(98, 900, [slow])];
    expect(report({ ...fine, results })).toContain(
      '- /: performance: speed-index (2.1 s), in 2 of 3 runs',
    );
    expect(report(fine)).toContain('Nothing.');
  });
});
