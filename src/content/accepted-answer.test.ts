import { describe, expect, it } from 'vitest';
import { acceptsAnswer, matchAnswer, normalize, parsePattern } from './accepted-answer.ts';

describe('a typed answer', () => {
  it('is compared without case, accents, spaces and punctuation around it', () => {
    expect(acceptsAnswer(['Café au lait'], '  cafe  AU lait! ')).toBe(true);
    expect(acceptsAnswer(['don’t'], "Don't")).toBe(true);
    expect(acceptsAnswer(['scale-to-zero'], 'scale–to–zero')).toBe(true);
    expect(acceptsAnswer(['504'], '“504”.')).toBe(true);
    expect(acceptsAnswer(['504'], '5 04')).toBe(false);
    expect(normalize('…')).toBe('');
  });

  it('is compared without the words that open it', () => {
    expect(acceptsAnswer(['storage'], 'It’s probably for the storage.')).toBe(true);
    expect(acceptsAnswer(['in init'], 'Init')).toBe(true);
    expect(acceptsAnswer(['the'], 'the')).toBe(true);
    expect(acceptsAnswer(['storage'], 'not the storage')).toBe(false);
  });

  it('may be matched by a pattern, which ignores case unless it says otherwise', () => {
    expect(acceptsAnswer(['/\\bcold start/'], 'It was a Cold Start')).toBe(true);
    expect(acceptsAnswer(['/^A$/u'], 'a')).toBe(false);
    expect(acceptsAnswer(['/^ms?$/'], ' MS ')).toBe(true);
    expect(() => parsePattern('/(/')).toThrow(SyntaxError);
    expect(parsePattern('and/or')).toBeUndefined();
  });

  it('is right only as a whole: a word in a sentence may stand there to be denied', () => {
    const expected = [
      { accept: ['/cold|a start/'], correct: true },
      { accept: ['/warm/'], correct: false },
    ];
    expect(matchAnswer(expected, 'It was cold.')).toBe(0);
    expect(matchAnswer(expected, 'not cold')).toBeUndefined();
    expect(matchAnswer(expected, 'cold it was not')).toBeUndefined();
    expect(matchAnswer(expected, 'not warm, I think')).toBe(1);
  });

  it('belongs to the first expected answer that takes it', () => {
    const expected = [
      { accept: ['cold start'], correct: true },
      { accept: ['/start/'], correct: false },
    ];
    expect(matchAnswer(expected, 'Cold start')).toBe(0);
    expect(matchAnswer(expected, 'a warm start')).toBe(1);
    expect(matchAnswer(expected, 'luck')).toBeUndefined();
  });
});
