/** `<burst-lab>`: what it takes to run and to model a burst is loaded when it comes into view. */

import { CourseElement } from '../../element.ts';
import type { BurstParts } from './session.ts';

export class BurstLab extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    this.whenSeen(async () => {
      const { Session } = await import('./session.ts');
      new Session(this.#parts(), signal);
    });
  }

  #parts(): BurstParts {
    const part = (name: string): HTMLElement => this.find(name, HTMLElement);
    return {
      figure: this,
      form: this.find('form', HTMLFormElement),
      link: this.find('link', HTMLAnchorElement),
      instances: this.find('instances', HTMLInputElement),
      run: this.find('run', HTMLButtonElement),
      cancel: this.find('cancel', HTMLButtonElement),
      progress: part('progress'),
      bar: this.find('bar', HTMLProgressElement),
      progressText: part('progress-text'),
      status: part('status'),
      table: part('table'),
      overlay: part('overlay'),
      error: part('error'),
      provenance: part('provenance'),
    };
  }
}

customElements.define('burst-lab', BurstLab);
