/** `<calls-in-turn>`: what it takes to make the calls again is loaded when it comes into view. */

import { CourseElement } from '../../element.ts';

export class CallsInTurn extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    this.whenSeen(async () => {
      const { TurnSession } = await import('./session.ts');
      new TurnSession(this, signal);
    });
  }
}

customElements.define('calls-in-turn', CallsInTurn);
