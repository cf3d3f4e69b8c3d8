/** `<kpa-ticks>`: what it takes to reckon and to step is loaded when it comes into view. */

import { CourseElement } from '../../element.ts';

export class KpaTicks extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    this.whenSeen(async () => {
      const { TickSession } = await import('./session.ts');
      new TickSession(this, signal);
    });
  }
}

customElements.define('kpa-ticks', KpaTicks);
