/** `<day-of-traffic>`: what it takes to simulate a day is loaded when it comes into view. */

import { CourseElement } from '../../element.ts';
import type { DayParts } from './session.ts';

export class DayOfTraffic extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    this.whenSeen(async () => {
      const { Session } = await import('./session.ts');
      new Session(this.#parts(), signal);
    });
  }

  #parts(): DayParts {
    const part = (name: string): HTMLElement => this.find(name, HTMLElement);
    const button = (name: string): HTMLButtonElement => this.find(name, HTMLButtonElement);
    return {
      figure: this,
      form: this.find('form', HTMLFormElement),
      link: this.find('link', HTMLAnchorElement),
      recorded: part('recorded'),
      platforms: this.findAll('platform', HTMLInputElement),
      progress: part('progress'),
      bar: this.find('bar', HTMLProgressElement),
      cancel: button('cancel'),
      status: part('status'),
      charts: part('charts'),
      moment: this.find('moment', HTMLInputElement),
      at: part('at'),
      totals: part('totals'),
      twin: part('twin'),
      bills: part('bills'),
      reckoning: part('reckoning'),
      whole: button('whole'),
      provenance: part('provenance'),
    };
  }
}

customElements.define('day-of-traffic', DayOfTraffic);
