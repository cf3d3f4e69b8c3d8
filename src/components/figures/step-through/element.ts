/** `<step-through>`: what it takes to go through the steps is loaded when it comes into view. */

import { CourseElement } from '../../element.ts';

export class StepThrough extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    this.whenSeen(async () => {
      const { StepSession } = await import('./session.ts');
      new StepSession(this, signal);
    });
  }
}

customElements.define('step-through', StepThrough);
