/** `<canary-share>`: what it takes to share calls is loaded when it comes into view. */

import { CourseElement } from '../../element.ts';

export class CanaryShare extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    this.whenSeen(async () => {
      const { CanarySession } = await import('./session.ts');
      new CanarySession(this, signal);
    });
  }
}

customElements.define('canary-share', CanaryShare);
