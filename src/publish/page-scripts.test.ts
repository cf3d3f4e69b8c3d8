import { describe, expect, it } from 'vitest';
import { withLateScripts } from './page-scripts.ts';

const files: Record<string, string> = {
  '/x/_astro/Demo.js': 'import"./lesson.js";',
  '/x/_astro/Quiz.js': 'import "./lesson.js"\n',
  '/x/_astro/Two.js': 'import"./lesson.js";import"./more.js";',
  '/x/_astro/lesson.js': 'customElements.define("a-b", class {})',
};
const textOf = (url: string) => files[url];
const script = (src: string) => `<script type="module" src="${src}"></script>`;
const page = (body: string) => `<!DOCTYPE html><html lang="en"><body>${body}</body></html>`;
const late = (urls: string, body: string) =>
  `<!DOCTYPE html><html data-scripts="${urls}" lang="en"><body>${body}</body></html>`;

describe('the scripts of a page', () => {
  it('are named and not loaded, so that none comes before the text is painted', () => {
    const given = page(`<p>1</p>${script('/x/_astro/lesson.js')}<p>2</p>`);
    expect(withLateScripts(given, textOf)).toBe(late('/x/_astro/lesson.js', '<p>1</p><p>2</p>'));
  });

  it('are the chunk itself, once, where files only import it', () => {
    const given = page(`<p>1</p>${script('/x/_astro/Demo.js')}${script('/x/_astro/Quiz.js')}`);
    expect(withLateScripts(given, textOf)).toBe(late('/x/_astro/lesson.js', '<p>1</p>'));
  });

  it('keep their order, and stay where a file does more than import one other', () => {
    const given = page(script('/x/_astro/Two.js') + script('/x/_astro/lesson.js'));
    expect(withLateScripts(given, textOf)).toBe(late('/x/_astro/Two.js /x/_astro/lesson.js', ''));
  });

  it('stay where they are of another site, or are not there', () => {
    const given = page(script('https://elsewhere.test/a.js') + script('/x/_astro/gone.js'));
    expect(withLateScripts(given, textOf)).toBe(
      late('https://elsewhere.test/a.js /x/_astro/gone.js', ''),
    );
  });

  it('are no matter where there are none', () => {
    expect(withLateScripts(page('<p>1</p>'), textOf)).toBe(page('<p>1</p>'));
  });
});
