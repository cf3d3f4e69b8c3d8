/** `<burst-lab>`: what it takes to run and to model a burst is loaded when it comes into view. */

import { CourseElement } from '../../element.ts';
import { fillGuess } from '../../guess.ts';
import { Question } from '../../question.ts';

export class BurstLab extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    const question = new Question(this);
    // Before it is in view, so that nothing moves under the reader's eyes.
    const { said } = question;
    if (said !== undefined) {
      const { instances, slow } = guessSaid(said);
      this.find('instances', HTMLInputElement).value = instances;
      fillGuess(this.findAll('guess', HTMLInputElement), slow);
      question.open();
    }
    this.whenSeen(async () => {
      const { BurstSession } = await import('./session.ts');
      new BurstSession(this, question, signal);
    });
  }
}

/** What was kept as `3, all of them`: either part may be missing. */
function guessSaid(said: string): { readonly instances: string; readonly slow: string } {
  const [, instances = '', slow = ''] = /^(\d*)(?:, )?(.*)$/.exec(said) ?? [];
  return { instances, slow };
}

customElements.define('burst-lab', BurstLab);
