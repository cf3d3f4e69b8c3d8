/** What happens in the figure: the reader moves the weight, and sees who gets the canary. */

import type { CourseElement } from '../../element.ts';
import { formState, linkForm } from '../../form-link.ts';
import { mistakeIn } from '../../typed-number.ts';
import { DrawnParts } from '../drawn-parts.ts';
import { CANARY_FRAME, canarySummary } from './frame.ts';
import { shareCalls, type CanaryRun } from './run.ts';
import { canaryOf } from './setup.ts';

export class CanarySession {
  readonly #figure: CourseElement;
  readonly #form: HTMLFormElement;
  readonly #parts: DrawnParts<CanaryRun>;

  /** Takes the state of the address, and follows the form. @param signal ends all of it */
  constructor(figure: CourseElement, signal: AbortSignal) {
    this.#figure = figure;
    this.#form = figure.find('form', HTMLFormElement);
    this.#parts = new DrawnParts(figure, CANARY_FRAME, signal);
    const link = figure.find('link', HTMLAnchorElement);
    const onChange = (): void => void this.#follow();
    linkForm({ id: figure.id, form: this.#form, link, onChange, signal });
    this.#form.addEventListener('change', () => this.#say(), { signal });
    this.#follow();
  }

  /** Draws what the form says. What cannot be read is said, and the picture stays as it was. */
  #follow(): CanaryRun | null {
    const wrong = mistakeIn(this.#form);
    this.#figure.find('mistake', HTMLElement).textContent = wrong ?? '';
    if (wrong !== null) return null;
    const run = shareCalls(canaryOf(formState(this.#form)));
    this.#parts.draw(run);
    return run;
  }

  #say(): void {
    const run = this.#follow();
    this.#figure.find('status', HTMLElement).textContent = run === null ? '' : canarySummary(run);
  }
}
