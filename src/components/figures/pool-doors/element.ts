/** `<pool-doors>`: what it takes to count doors is loaded when it comes into view. */

import { CourseElement } from '../../element.ts';

export class PoolDoors extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    this.whenSeen(async () => {
      const { DoorSession } = await import('./session.ts');
      new DoorSession(this, signal);
    });
  }
}

customElements.define('pool-doors', PoolDoors);
