/** `<live-demo>`: ask, predict, run, compare. What it takes is loaded when it comes into view. */

import { CourseElement } from '../../element.ts';
import { fillGuess } from '../../guess.ts';
import { Question } from '../../question.ts';

export class LiveDemo extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    const guesses = this.findAll('guess', HTMLInputElement);
    const question = guesses.length === 0 ? null : new Question(this);
    const said = question?.said;
    // Before it is in view, so that nothing moves under the reader's eyes.
    if (said !== undefined) {
      fillGuess(guesses, said);
      question?.open();
    }
    this.whenSeen(async () => {
      const { DemoSession } = await import('./session.ts');
      new DemoSession(this, question, signal);
    });
  }
}

customElements.define('live-demo', LiveDemo);
