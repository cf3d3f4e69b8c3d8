import { describe, expect, it } from 'vitest';
import type { Cell } from './behaviour/check.ts';
import { Figures, type Figure } from './figures.ts';
import { report, type Row, type Run } from './report.ts';
import { table } from './table.ts';

function row(id: string, values: Partial<Record<Figure, number[]>>, more: Partial<Row> = {}): Row {
  const figures = new Figures();
  for (const [figure, each] of Object.entries(values)) {
    for (const value of each) figures.add(figure as Figure, value);
  }
  const cells = new Map<string, Cell>();
  const named = { id, title: id, instance: 'a process', versions: `${id} 1.2.3`, cells };
  return { ...named, figures, remarks: [], failure: null, ...more };
}

function run(rows: readonly Row[], course: Row | null = null): Run {
  return { date: '2026-11-23', machine: '2 cores', method: ['Loopback only'], rows, course };
}

/** The cells of the line that begins with `name`, in the section called `title`. */
function line(text: string, title: string, name: string): string[] {
  const section = text.split('\n## ').find((part) => part.startsWith(title)) ?? '';
  const found = section.split('\n').find((each) => each.startsWith(`| ${name} `)) ?? '';
  return found.split(' | ').map((cell) => cell.replaceAll('|', '').trim());
}

describe('the report', () => {
  it('gives the median with its spread, and its ratio to ours', () => {
    const ours = row('ours', { oneP50Ms: [0.2, 0.1, 0.3] });
    const peer = row('peer', { oneP50Ms: [0.5, 0.4, 0.6] });
    const text = report(run([ours, peer]));
    expect(line(text, 'Warm, one client', 'peer').slice(0, 3)).toEqual([
      'peer',
      '0.500 (0.400–0.600)',
      '2.50',
    ]);
    expect(line(text, 'Warm, one client', 'ours')[2]).toBe('1.00');
  });

  it('has a dash for a figure that a peer does not have', () => {
    const text = report(run([row('ours', { coldMs: [60] }), row('peer', {})]));
    expect(line(text, 'Start', 'peer')).toEqual(['peer', '–', '–', '–', '–']);
  });

  it('keeps a peer that did not start, with its reason', () => {
    const failed = row('peer', {}, { failure: 'it ended with exit code 1' });
    const text = report(run([row('ours', { coldMs: [60] }), failed]));
    expect(line(text, 'Start', 'peer')[0]).toBe('peer');
    expect(text).toContain('peer (peer 1.2.3): an instance is a process; did not finish: it ended');
  });

  it('says of each target whether it was reached', () => {
    const ours = row('ours', { oneP50Ms: [0.2], coldMs: [60], bareAnsweredMs: [50] });
    const relay = row('bare-relay', { oneP50Ms: [0.15] });
    const text = report(run([ours, row('miniflare', { oneP50Ms: [0.1] }), relay]));
    const of = (name: string) => line(text, 'Targets', name).slice(1);
    expect(of('warm p50, one client, ÷ miniflare')).toEqual(['2.00', '≤ 1', 'no', '–', '1.50']);
    expect(of('cold start to answer, ÷ bare fork to answer')).toEqual([
      '1.20',
      '≤ 1.3',
      'yes',
      '–',
      '–',
    ]);
    expect(of('warm p50, one client, ÷ bare node:http')[0]).toBe('not measured');
  });

  it('has what was seen behind every cell of the table of behaviour', () => {
    const cells = new Map<string, Cell>([
      ['scale to zero', { verdict: 'yes', seen: 'gone after 1 s' }],
    ]);
    const text = report(run([row('ours', {}, { cells }), row('peer', {})]));
    expect(line(text, 'Behaviour', 'ours')).toEqual(['ours', 'yes']);
    expect(line(text, 'Behaviour', 'peer')).toEqual(['peer', 'not checked']);
    expect(text).toContain('- scale to zero: yes. gone after 1 s');
  });

  it('says a remark once, however many rounds made it', () => {
    const remarks = ['starts anew', 'starts anew'];
    const text = report(run([row('ours', {}, { remarks })]));
    expect(text.match(/starts anew/g)).toHaveLength(1);
  });

  it('counts the start of the whole course among the targets', () => {
    const course = row('npm start', { firstAnswerMs: [800] });
    const text = report(run([row('ours', {})], course));
    expect(line(text, 'Targets', 'npm start to first answer, s')[1]).toBe('0.80');
    expect(text).toContain('first answer after 800 (800–800) ms');
  });
});

describe('a table', () => {
  it('is aligned, numbers to the right', () => {
    expect(
      table(
        ['', 'n'],
        [
          ['long name', '1'],
          ['x', '22 222'],
        ],
      ),
    ).toBe(
      [
        '|           |      n |',
        '| --------- | -----: |',
        '| long name |      1 |',
        '| x         | 22 222 |',
      ].join('\n'),
    );
  });

  it('holds a bar without ending its cell', () => {
    expect(table(['', 'a|b'], [])).toContain('a\\|b');
  });
});
