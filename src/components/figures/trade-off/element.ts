/** `<trade-off>`: what it takes to simulate is loaded when it comes into view. */

import { CourseElement } from '../../element.ts';

export class TradeOff extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    this.whenSeen(async () => {
      const { TradeOffSession } = await import('./session.ts');
      new TradeOffSession(this, signal);
    });
  }
}

customElements.define('trade-off', TradeOff);
