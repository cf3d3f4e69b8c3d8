import { describe, expect, it } from 'vitest';
import { editDistance, nearest, suggest } from './nearest.ts';

describe('edit distance', () => {
  it('counts letters inserted, deleted, changed, and swapped with their neighbour', () => {
    expect(editDistance('', 'abc')).toBe(3);
    expect(editDistance('cold', 'cold')).toBe(0);
    expect(editDistance('cold', 'bold')).toBe(1);
    expect(editDistance('pyhton', 'python')).toBe(1);
    expect(editDistance('kitten', 'sitting')).toBe(3);
  });
});

describe('the nearest name', () => {
  it('is the one a typing slip away', () => {
    expect(nearest('cold-strat', ['warm-start', 'cold-start', 'counter'])).toBe('cold-start');
  });

  it('is none when nothing is close', () => {
    expect(nearest('kubernetes', ['cold-start', 'pool'])).toBeUndefined();
    expect(nearest('x', [])).toBeUndefined();
  });
});

describe('a suggestion', () => {
  it('names the nearest, else the whole short list, else where to look', () => {
    expect(suggest('noet', ['note', 'try'], 'Aside.astro')).toContain('Did you mean "note"?');
    expect(suggest('zzzzz', ['note', 'try'], 'Aside.astro')).toContain('"note", "try"');
    const many = Array.from({ length: 20 }, (_, index) => `term-${String(index)}`);
    expect(suggest('zzzzzzz', many, 'glossary.yaml')).toBe('Look it up in glossary.yaml.');
  });
});
