/** What happens in the figure: the doors follow the dials. */

import type { CourseElement } from '../../element.ts';
import { formState, linkForm } from '../../form-link.ts';
import { DrawnParts } from '../drawn-parts.ts';
import { DOOR_FRAME } from './frame.ts';
import { DOOR_DIALS, doorOutcome, doorsOf, type DoorOutcome } from './setup.ts';

export class DoorSession {
  readonly #figure: CourseElement;
  readonly #form: HTMLFormElement;
  readonly #parts: DrawnParts<DoorOutcome>;

  /** Takes the state of the address, and follows the form. @param signal ends all of it */
  constructor(figure: CourseElement, signal: AbortSignal) {
    this.#figure = figure;
    this.#form = figure.find('form', HTMLFormElement);
    this.#parts = new DrawnParts(figure, DOOR_FRAME, signal);
    const link = figure.find('link', HTMLAnchorElement);
    linkForm({ id: figure.id, form: this.#form, link, onChange: () => this.#follow(), signal });
    this.#follow();
  }

  #follow(): void {
    const setup = doorsOf(formState(this.#form));
    for (const name of Object.keys(DOOR_DIALS) as (keyof typeof DOOR_DIALS)[]) {
      this.#figure.find(name, HTMLOutputElement).value = String(setup[name]);
    }
    this.#parts.draw(doorOutcome(setup));
  }
}
