/** `<break-even>`: what it takes to compute the bills is loaded when it comes into view. */

import { CourseElement } from '../../element.ts';

export class BreakEven extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    this.whenSeen(async () => {
      const { BreakEvenSession } = await import('./session.ts');
      new BreakEvenSession(this, signal);
    });
  }
}

customElements.define('break-even', BreakEven);
