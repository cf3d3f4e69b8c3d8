import { expect, test } from 'vitest';
import { html } from './markup.ts';

test('text is escaped, in content and in attributes', () => {
  const text = `<script>"it's" & more`;
  expect(String(html`<p title="${text}">${text}</p>`)).toBe(
    '<p title="&lt;script&gt;&quot;it&#39;s&quot; &amp; more">&lt;script&gt;&quot;it&#39;s&quot; &amp; more</p>',
  );
});

test('markup within markup stays markup, and a list is joined', () => {
  const items = [1, 2].map((n) => html`<li>${n}</li>`);
  expect(String(html`<ul>${items}</ul>`)).toBe('<ul><li>1</li><li>2</li></ul>');
});

test('nothing is written for nothing, and zero is written', () => {
  expect(String(html`${null}${undefined}${false}${0}`)).toBe('0');
});

test('a backslash stays as it was written', () => {
  expect(String(html`${'\\'}<b>a</b>`)).toBe('\\<b>a</b>');
});
