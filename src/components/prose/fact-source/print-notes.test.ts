// @vitest-environment jsdom
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { keepPrintNotes, printNotes } from './print-notes.ts';

const fact = (title: string): string => `<span class="fact">1%<fact-source><strong>${title}</strong>
  <span>Asked for on the screen.</span><small>As of 2021.</small></fact-source></span>`;

beforeAll(() => {
  vi.stubGlobal('matchMedia', () => new EventTarget());
  keepPrintNotes();
});
afterEach(() => document.body.replaceChildren());

const lines = (): (string | null)[] =>
  [...document.querySelectorAll('.print-notes li')].map((line) => line.textContent);

test('while it is printed a page has the sources of its facts, in their order', () => {
  document.body.innerHTML = `<main><article>${fact('A')}<details>${fact('folded')}</details>
    <details data-print="open">${fact('B')}</details></article></main>`;
  window.dispatchEvent(new Event('beforeprint'));
  window.dispatchEvent(new Event('beforeprint'));
  expect(lines()).toEqual(['A. As of 2021.', 'B. As of 2021.']);
  window.dispatchEvent(new Event('afterprint'));
  expect(lines()).toEqual([]);
});

test('a page without facts has no such list', () => {
  document.body.innerHTML = '<main><article>text</article></main>';
  expect(printNotes()).toBeNull();
});
