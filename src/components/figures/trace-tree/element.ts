/** `<trace-tree>`: what it takes to model and to run a checkout is loaded when it comes into view. */

import { CourseElement } from '../../element.ts';

export class TraceTree extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    this.whenSeen(async () => {
      const { TreeSession } = await import('./session.ts');
      new TreeSession(this, signal);
    });
  }
}

customElements.define('trace-tree', TraceTree);
