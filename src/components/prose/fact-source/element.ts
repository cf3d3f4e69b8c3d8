/**
 * Where a fact comes from, beside its mark. The server writes the source and its date; what exactly it
 * says is asked for when the reader turns to the mark.
 */

import { siteUrl } from '#src/site/base.ts';
import { CourseElement } from '../../element.ts';
import { readWritten } from '../../written.ts';
import { keepPrintNotes } from './print-notes.ts';

export class FactSource extends CourseElement {
  #asked: Promise<string | null> | undefined;

  protected connected(): void {
    const { signal } = this;
    if (this.dataset['fact'] === undefined) return;
    for (const type of ['pointerenter', 'focusin']) {
      this.parentElement?.addEventListener(type, () => void this.#complete(), { signal });
    }
  }

  async #complete(): Promise<void> {
    if (this.#asked) return;
    this.#asked = readWritten<string>(siteUrl(`/facts/${this.dataset['fact'] ?? ''}.json`));
    const statement = await this.#asked;
    if (statement === null) this.#asked = undefined;
    else this.firstElementChild?.insertAdjacentHTML('afterend', statement);
  }
}

keepPrintNotes();
customElements.define('fact-source', FactSource);
