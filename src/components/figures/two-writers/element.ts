/** `<two-writers>`: what it takes to go on is loaded when it comes into view. */

import { CourseElement } from '../../element.ts';

export class TwoWriters extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    this.whenSeen(async () => {
      const { WriterSession } = await import('./session.ts');
      new WriterSession(this, signal);
    });
  }
}

customElements.define('two-writers', TwoWriters);
