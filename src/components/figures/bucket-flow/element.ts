/** `<bucket-flow>`: what it takes to let the calls come is loaded when it comes into view. */

import { CourseElement } from '../../element.ts';

export class BucketFlow extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    this.whenSeen(async () => {
      const { FlowSession } = await import('./session.ts');
      new FlowSession(this, signal);
    });
  }
}

customElements.define('bucket-flow', BucketFlow);
