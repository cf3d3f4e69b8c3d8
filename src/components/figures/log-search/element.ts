/** `<log-search>`: the search is loaded when it comes into view. */

import { CourseElement } from '../../element.ts';

export class LogSearch extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    this.whenSeen(async () => {
      const { SearchSession } = await import('./session.ts');
      new SearchSession(this, signal);
    });
  }
}

customElements.define('log-search', LogSearch);
