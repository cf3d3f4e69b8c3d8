import { describe, expect, it } from 'vitest';
import { questionHash } from './question-hash.ts';

describe('the hash of a question', () => {
  it('does not care for the order of keys, and does for that of options', () => {
    expect(questionHash({ a: 1, b: ['x', 'y'] })).toBe(questionHash({ b: ['x', 'y'], a: 1 }));
    expect(questionHash({ b: ['x', 'y'] })).not.toBe(questionHash({ b: ['y', 'x'] }));
  });

  it('does not care how an author tries it, and where it stands', () => {
    const asked = { question: 'Why?', answers: ['because'] };
    const tried = { right: ['because'], wrong: ['why'] };
    expect(questionHash({ ...asked, tried, review: true, from: 'one' })).toBe(questionHash(asked));
  });

  it('changes with any word', () => {
    expect(questionHash({ why: 'because' })).not.toBe(questionHash({ why: 'Because' }));
  });
});
