/** `<trade-off>`: what it takes to simulate is loaded when it comes into view. */

import { CourseElement } from '../../element.ts';
import type { TradeOffParts } from './session.ts';

export class TradeOff extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    this.whenSeen(async () => {
      const { Session } = await import('./session.ts');
      new Session(this.#parts(), signal);
    });
  }

  #parts(): TradeOffParts {
    const part = (name: string): HTMLElement => this.find(name, HTMLElement);
    return {
      figure: this,
      form: this.find('form', HTMLFormElement),
      link: this.find('link', HTMLAnchorElement),
      kept: this.find('kept', HTMLOutputElement),
      atOnce: this.find('at-once', HTMLOutputElement),
      keptDial: this.find('kept-dial', HTMLInputElement),
      atOnceDial: this.find('at-once-dial', HTMLInputElement),
      progress: part('progress'),
      bar: this.find('bar', HTMLProgressElement),
      cancel: this.find('cancel', HTMLButtonElement),
      status: part('status'),
      drawing: part('drawing'),
      table: part('table'),
      verdict: part('verdict'),
    };
  }
}

customElements.define('trade-off', TradeOff);
