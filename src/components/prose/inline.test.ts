import { describe, expect, it } from 'vitest';
import { inline } from './inline.ts';

describe('one line of text', () => {
  it('takes code, strong and emphasis, and escapes the rest', () => {
    expect(String(inline('`a < b` is *not* **a & b**'))).toBe(
      '<code>a &lt; b</code> is <em>not</em> <strong>a &amp; b</strong>',
    );
  });

  it('leaves code alone, and asterisks that mark nothing', () => {
    expect(String(inline('`**x**` and 2 * 3 * 4'))).toBe('<code>**x**</code> and 2 * 3 * 4');
  });
});
