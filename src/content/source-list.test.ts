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

  it('without an address are told apart by their titles', () => {
    expect(groupSources([fact('A', null, null), fact('B', null, null)])).toHaveLength(2);
  });
});
