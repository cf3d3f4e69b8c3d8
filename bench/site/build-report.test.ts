import { describe, expect, it } from 'vitest';
import { buildReport, type Build, type BuildRow } from './build-report.ts';

function build(wallS: number, cpuS: number, compression: Build['compression'] = null): Build {
  return { measured: { wallS, cpuS, peakMb: 1_000 * cpuS }, compression };
}

function row(id: string, builds: readonly Build[], more: Partial<BuildRow> = {}): BuildRow {
  const none = { few: null, many: null, failure: null };
  return { id, title: id, versions: `${id} 1.2.3`, builds, ...none, ...more };
}

function report(...rows: BuildRow[]): string {
  const method = ['In turn'];
  return buildReport({ date: '2026-11-29', machine: '2 cores', method, lessons: 100, rows });
}

/** The cells of the first line that begins with `name` under the heading `title`. */
function line(text: string, title: string, name: string): string[] {
  const section = text.split('\n## ').find((part) => part.startsWith(title)) ?? '';
  const found = section.split('\n').find((each) => each.startsWith(`| ${name} `)) ?? '';
  return found
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

describe('the report of builds', () => {
  const astro = row('astro', [build(10, 12), build(9, 11), build(12, 13)]);

  it('gives the median with its spread, and its ratio to bare Astro', () => {
    const text = report(row('course', [build(12, 15)]), astro);
    expect(line(text, '100 lessons', 'astro').slice(1, 3)).toEqual(['10.0 (9.0–12.0)', '1.00']);
    expect(line(text, '100 lessons', 'course').slice(1, 5)).toEqual([
      '12.0 (12.0–12.0)',
      '1.20',
      '15.0 (15.0–15.0)',
      '1.25',
    ]);
  });

  it('counts no compression, and has its time beside', () => {
    const course = row('course', [build(20, 30, { wallS: 8, cpuS: 15 })]);
    const text = report(course, astro);
    expect(line(text, '100 lessons', 'course')[1]).toBe('12.0 (12.0–12.0)');
    expect(text).toContain('- course: compression, 8.0 (8.0–8.0) s, 15.0 (15.0–15.0) s of CPU');
    expect(text).toContain('- astro: nothing');
  });

  it('says whether the target was reached', () => {
    const of = (wallS: number) =>
      line(report(row('course', [build(wallS, 1)]), astro), 'Target', 'time ÷ bare Astro').slice(1);
    expect(of(13)).toEqual(['1.30', '≤ 1.3', 'yes']);
    expect(of(14)).toEqual(['1.40', '≤ 1.3', 'no']);
    expect(line(report(row('course', [])), 'Target', 'time ÷ bare Astro')[3]).toBe('–');
  });

  it('has the sizes of few and of many lessons one below the other', () => {
    const size = (bytes: number) => ({ median: bytes, largest: 2 * bytes });
    const sizes = (pages: number) => ({ pages, raw: size(10 * pages), gzip: size(pages) });
    const text = report(row('course', [], { few: sizes(100), many: sizes(1_000) }));
    expect(text).toMatch(/course +\| +100 \| +1\.0 \| +2\.0 \|.*\n.*course +\| +1000 \| +10\.0 \|/);
  });

  it('keeps one that failed, with its reason', () => {
    const text = report(astro, row('starlight', [], { failure: 'It ended\nwith code 1' }));
    expect(line(text, '100 lessons', 'starlight')[1]).toBe('–');
    expect(text).toContain('starlight 1.2.3; did not finish: It ended with code 1');
  });
});
