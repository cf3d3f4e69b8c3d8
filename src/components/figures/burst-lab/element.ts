/** `<burst-lab>`: what it takes to run and to model a burst is loaded when it comes into view. */

import { CourseElement } from '../../element.ts';
import { Question } from '../../question.ts';
import type { BurstParts } from './session.ts';

export class BurstLab extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    const question = new Question(this);
    // Before it is in view, so that nothing moves under the reader's eyes.
    if (question.said !== undefined) question.open();
    this.whenSeen(async () => {
      const { Session } = await import('./session.ts');
      new Session(this.#parts(question), signal);
    });
  }

  #parts(question: Question): BurstParts {
    const part = (name: string): HTMLElement => this.find(name, HTMLElement);
    return {
      question,
      figure: this,
      form: this.find('form', HTMLFormElement),
      link: this.find('link', HTMLAnchorElement),
      instances: this.find('instances', HTMLInputElement),
      run: this.find('run', HTMLButtonElement),
      cancel: this.find('cancel', HTMLButtonElement),
      show: this.find('show', HTMLButtonElement),
      seen: part('seen'),
      progress: part('progress'),
      bar: this.find('bar', HTMLProgressElement),
      progressText: part('progress-text'),
      status: part('status'),
      table: part('table'),
      overlay: part('overlay'),
      error: part('error'),
      took: part('took'),
      provenance: part('provenance'),
    };
  }
}

customElements.define('burst-lab', BurstLab);
