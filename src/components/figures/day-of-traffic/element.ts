/** `<day-of-traffic>`: what it takes to simulate a day is loaded when it comes into view. */

import { CourseElement } from '../../element.ts';

export class DayOfTraffic extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    this.whenSeen(async () => {
      const { DaySession } = await import('./session.ts');
      new DaySession(this, signal);
    });
  }
}

customElements.define('day-of-traffic', DayOfTraffic);
