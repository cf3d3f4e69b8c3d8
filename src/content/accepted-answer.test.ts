import { describe, expect, it } from 'vitest';
import { accepts, normalize, parsePattern } from './accepted-answer.ts';

describe('a typed answer', () => {
  it('is compared without case, accents, spaces and punctuation around it', () => {
    expect(accepts(['Café au lait'], '  cafe  AU lait! ')).toBe(true);
    expect(accepts(['don’t'], "Don't")).toBe(true);
    expect(accepts(['scale-to-zero'], 'scale–to–zero')).toBe(true);
    expect(accepts(['504'], '“504”.')).toBe(true);
    expect(accepts(['504'], '5 04')).toBe(false);
    expect(normalize('…')).toBe('');
  });

  it('may be matched by a pattern, which ignores case unless it says otherwise', () => {
    expect(accepts(['/\\bcold start/'], 'It was a Cold Start')).toBe(true);
    expect(accepts(['/^A$/u'], 'a')).toBe(false);
    expect(accepts(['/^ms?$/'], ' MS ')).toBe(true);
    expect(() => parsePattern('/(/')).toThrow(SyntaxError);
    expect(parsePattern('and/or')).toBeUndefined();
  });
});
