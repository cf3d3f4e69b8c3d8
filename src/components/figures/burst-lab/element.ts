/** `<burst-lab>`: what it takes to run and to model a burst is loaded when it comes into view. */

import { CourseElement } from '../../element.ts';
import { Question } from '../../question.ts';

export class BurstLab extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    const question = new Question(this);
    // Before it is in view, so that nothing moves under the reader's eyes.
    if (question.said !== undefined) question.open();
    this.whenSeen(async () => {
      const { BurstSession } = await import('./session.ts');
      new BurstSession(this, question, signal);
    });
  }
}

customElements.define('burst-lab', BurstLab);
