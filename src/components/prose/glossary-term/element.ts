/** A term of the glossary, with its meaning beside it. */

import { CourseElement } from '../../element.ts';
import { LinkNote } from '../link-note.ts';

export class GlossaryTerm extends CourseElement {
  protected connected(): void {
    const link = this.find('noted', HTMLAnchorElement);
    new LinkNote(this, link, new URL(`${link.hash.slice(1)}.json`, link.href), this.signal);
  }
}

customElements.define('glossary-term', GlossaryTerm);
