import { describe, expect, it } from 'vitest';
import { factsInOrder, groupSources, type SourcedFact } from './source-list.ts';

const fact = (id: string, url: string | null, asOf: string | null): SourcedFact => ({
  id,
  kind: 'primary',
  asOf,
  source: { title: `title of ${id}`, url },
});

describe('the facts of a lesson', () => {
  it('stand in the order in which its text prints them, and the others follow', () => {
    const body = 'About <Fact id="B" /> of\n<Fact show="source" id="A" /> and <Fact id="B" />.';
    expect(factsInOrder(body, ['A', 'C', 'B'])).toEqual(['B', 'A', 'C']);
  });
});

describe('their sources', () => {
  it('name each place once, with the dates and facts that it stands for', () => {
    const sources = groupSources([
      fact('A', 'https://one.example', '2025'),
      fact('B', 'https://two.example', null),
      fact('C', 'https://one.example', '2026'),
      fact('D', 'https://one.example', '2025'),
    ]);
    expect(sources).toEqual([
      {
        title: 'title of A',
        url: 'https://one.example',
        dates: new Set(['2025', '2026']),
        facts: new Set(['A', 'C', 'D']),
        isCopy: false,
      },
      expect.objectContaining({ title: 'title of B', dates: new Set() }),
    ]);
  });

  it('say where something was read in a copy', () => {
    const copied = { ...fact('A', null, null), kind: 'secondary' as const };
    expect(groupSources([copied]).map(({ isCopy }) => isCopy)).toEqual([true]);
  });

  it('name their numbers where something was computed from them', () => {
    const computed = (from: string): SourcedFact => ({
      ...fact('X05-05', null, null),
      source: { title: `computed from ${from}`, url: null },
    });
    const title = (from: string): string | undefined =>
      groupSources([
        computed(from),
        fact('T03-01', 'https://one.example', null),
        fact('T03-02', 'https://one.example', null),
        fact('T03-30', 'https://two.example', null),
      ])[0]?.title;
    expect(title('T03-30, T03-01 and T03-02')).toBe('computed from sources 2 and 3');
    expect(title('T03-01 and T03-02')).toBe('computed from source 2');
    expect(title('T03-01 and T09-99')).toBe('computed from T03-01 and T09-99');
  });

  it('without an address are told apart by their titles', () => {
    expect(groupSources([fact('A', null, null), fact('B', null, null)])).toHaveLength(2);
  });
});
