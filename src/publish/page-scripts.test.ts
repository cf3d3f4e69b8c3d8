import { describe, expect, it } from 'vitest';
import { withoutDetours } from './page-scripts.ts';

const files: Record<string, string> = {
  '/x/_astro/Demo.js': 'import"./lesson.js";',
  '/x/_astro/Quiz.js': 'import "./lesson.js"\n',
  '/x/_astro/Two.js': 'import"./lesson.js";import"./more.js";',
  '/x/_astro/lesson.js': 'customElements.define("a-b", class {})',
};
const textOf = (url: string) => files[url];
const script = (src: string) => `<script type="module" src="${src}"></script>`;

describe('the scripts that a page loads first', () => {
  it('are the chunk itself, once, where files only import it', () => {
    const page = `<p>1</p>${script('/x/_astro/Demo.js')}<p>2</p>${script('/x/_astro/Quiz.js')}`;
    expect(withoutDetours(page, textOf)).toBe(`<p>1</p>${script('/x/_astro/lesson.js')}<p>2</p>`);
  });

  it('stay where a file does more than import one other', () => {
    const page = script('/x/_astro/Two.js') + script('/x/_astro/lesson.js');
    expect(withoutDetours(page, textOf)).toBe(page);
  });

  it('stay where they are of another site, or are not there', () => {
    const page = script('https://elsewhere.test/a.js') + script('/x/_astro/gone.js');
    expect(withoutDetours(page, textOf)).toBe(page);
  });
});
