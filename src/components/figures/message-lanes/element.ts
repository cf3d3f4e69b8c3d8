/** `<message-lanes>`: what it takes to play a schedule is loaded when it comes into view. */

import { CourseElement } from '../../element.ts';

export class MessageLanes extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    this.whenSeen(async () => {
      const { LaneSession } = await import('./session.ts');
      new LaneSession(this, signal);
    });
  }
}

customElements.define('message-lanes', MessageLanes);
