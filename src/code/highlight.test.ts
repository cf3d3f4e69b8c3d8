import { expect, test } from 'vitest';
import { highlight } from './highlight.ts';

const text = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&#x3C;', '<')
    .replaceAll('&#x26;', '&');

test('the text of highlighted code is the code', async () => {
  const code = 'const a = (b: string) => `<p>${b}</p>` && 1;\n\n  // end';
  expect(text(await highlight(code, 'ts'))).toBe(code);
});

test('a token has its kind as its class, and no colour of its own', async () => {
  const html = await highlight("def hello():\n    return 'hi'", 'python');
  expect(html).toContain('<span class="keyword">def</span>');
  expect(html).toContain(`<span class="string-expression"> 'hi'</span>`);
  expect(html).not.toContain('style=');
  expect(html).toMatch(
    /^<pre class="astro-code css-variables" tabindex="0" data-language="python">/,
  );
});

test('a line with a note carries the number of the note', async () => {
  const html = await highlight('a();\nb();', 'ts', { 'b()': 'Second.' });
  expect(html.match(/<span class="line"( data-note="\d+")?>/g)).toEqual([
    '<span class="line">',
    '<span class="line" data-note="1">',
  ]);
});
