/** `<cold-starts>`: the measured rows and what it takes to measure are loaded when it comes into view. */

import { CourseElement } from '../../element.ts';

export class ColdStarts extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    this.whenSeen(async () => {
      const { StartsSession } = await import('./session.ts');
      new StartsSession(this, signal);
    });
  }
}

customElements.define('cold-starts', ColdStarts);
