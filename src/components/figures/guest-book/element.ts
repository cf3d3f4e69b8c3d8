/** `<guest-book>`: the newest entries, and signing without leaving the page. */

import { CourseElement } from '../../element.ts';

export class GuestBook extends CourseElement {
  protected override connected(): void {
    this.whenSeen(async () => {
      const { GuestBookSession } = await import('./session.ts');
      new GuestBookSession(this, this.signal).begin();
    });
  }
}

customElements.define('guest-book', GuestBook);
