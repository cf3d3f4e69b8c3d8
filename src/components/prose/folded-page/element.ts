/** `<folded-page>`: fetches the page that the fold stands for when the fold is opened for the first time. */

import { CourseElement } from '../../element.ts';

export class FoldedPage extends CourseElement {
  protected connected(): void {
    const fold = this.find('fold', HTMLDetailsElement);
    fold.addEventListener('toggle', () => fold.open && void this.#fill(), { signal: this.signal });
  }

  /** The link stays when the page does not come: it leads there, and the next opening asks again. */
  async #fill(): Promise<void> {
    const [link] = this.findAll('link', HTMLAnchorElement);
    if (link === undefined) return;
    const text = await pageText(link.href);
    if (text !== null && !this.signal.aborted) this.find('text', HTMLElement).innerHTML = text;
  }
}

/** HTML of the part of the page that is meant to stand in a lesson too. */
async function pageText(url: string): Promise<string | null> {
  try {
    const response = await fetch(url);
    if (!response.ok) return null;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    return page.querySelector('[data-folded]')?.innerHTML ?? null;
  } catch {
    return null;
  }
}

customElements.define('folded-page', FoldedPage);
