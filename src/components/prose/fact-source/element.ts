/** The mark of a fact: it leads to the source, and what the fact says opens beside it. */

import { siteUrl } from '#src/site/base.ts';
import { CourseElement } from '../../element.ts';
import { LinkNote } from '../link-note.ts';

export class FactSource extends CourseElement {
  protected connected(): void {
    const address = siteUrl(`/facts/${this.dataset['fact'] ?? ''}.json`);
    new LinkNote(this, this.find('noted', HTMLAnchorElement), address, this.signal);
  }
}

customElements.define('fact-source', FactSource);
