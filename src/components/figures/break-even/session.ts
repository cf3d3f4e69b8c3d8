/** What happens in the figure: what the form says is computed and drawn, and can be linked to. */

import type { CourseElement } from '../../element.ts';
import { formState, linkForm } from '../../form-link.ts';
import { mistakeIn } from '../../typed-number.ts';
import { CallsField } from '../calls-field.ts';
import { DrawnParts } from '../drawn-parts.ts';
import { compareCosts, keepsReady, type CostComparison } from './comparison.ts';
import { breakEvenSummary } from './draw.ts';
import { BREAK_EVEN_FRAME } from './frame.ts';
import { breakEvenOf } from './setup.ts';

export class BreakEvenSession {
  readonly #figure: CourseElement;
  readonly #form: HTMLFormElement;
  readonly #calls: CallsField;
  readonly #parts: DrawnParts<CostComparison>;
  /** Says what cannot be read of what was typed. */
  readonly #mistake: HTMLElement;
  #comparison: CostComparison;
  #frame = 0;

  /** Takes the state of the address, and follows the form. @param signal ends all of it */
  constructor(figure: CourseElement, signal: AbortSignal) {
    this.#figure = figure;
    const form = figure.find('form', HTMLFormElement);
    this.#form = form;
    this.#calls = new CallsField(figure, signal);
    this.#parts = new DrawnParts(figure, BREAK_EVEN_FRAME, signal);
    this.#mistake = this.#part('mistake');
    const link = figure.find('link', HTMLAnchorElement);
    linkForm({ id: figure.id, form, link, onChange: () => this.#later(), signal });
    this.#comparison = compareCosts(breakEvenOf(formState(form)));
    form.addEventListener('change', () => this.#say(), { signal });
    signal.addEventListener('abort', () => cancelAnimationFrame(this.#frame));
    this.#follow();
  }

  #part(name: string): HTMLElement {
    return this.#figure.find(name, HTMLElement);
  }

  /** A slider that is dragged asks for more pictures than a screen can show. */
  #later(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#follow());
  }

  #follow(): void {
    const wrong = mistakeIn(this.#form);
    this.#mistake.textContent = wrong ?? '';
    // While a number is being typed it may be none: the picture waits for it.
    if (wrong !== null) return;
    this.#comparison = compareCosts(breakEvenOf(formState(this.#form)));
    const { fn, setup } = this.#comparison;
    this.#calls.show(setup.calls);
    // Fields that belong to some choices only.
    this.#part('ready').hidden = !keepsReady(fn.offer.table);
    this.#part('own').hidden = setup.machine !== 'own-machine';
    this.#parts.draw(this.#comparison);
  }

  /** A change is complete: it is drawn at once, and said. */
  #say(): void {
    cancelAnimationFrame(this.#frame);
    this.#follow();
    const isRight = this.#mistake.textContent === '';
    this.#part('status').textContent = isRight ? breakEvenSummary(this.#comparison) : '';
  }
}
