/** What happens in the figure: what the form says is priced and drawn, and can be linked to. */

import { largeNumber } from '#src/format/large-number.ts';
import type { CourseElement } from '../../element.ts';
import { CallsField } from '../calls-field.ts';
import { DrawnParts } from '../drawn-parts.ts';
import { formState, linkedState, linkForm, LONGEST_LINKED } from '../../form-link.ts';
import { mistakeIn } from '../../typed-number.ts';
import { listsSummary } from './draw.ts';
import { LISTS_FRAME } from './frame.ts';
import { listsOutcome, type ListsOutcome } from './lists-outcome.ts';
import { listsOf } from './setup.ts';

export class ListsSession {
  readonly #figure: CourseElement;
  readonly #form: HTMLFormElement;
  readonly #calls: CallsField;
  readonly #parts: DrawnParts<ListsOutcome>;
  #outcome: ListsOutcome | null = null;
  #frame = 0;

  /** Takes the state of the address, and follows the form. @param signal ends all of it */
  constructor(figure: CourseElement, signal: AbortSignal) {
    this.#figure = figure;
    const form = figure.find('form', HTMLFormElement);
    this.#form = form;
    this.#calls = new CallsField(figure, signal);
    this.#parts = new DrawnParts(figure, LISTS_FRAME, signal);
    // A link of the text sets all of the figure: what it does not name is as at first.
    const reset = (): void => void (linkedState(figure.id) && form.reset());
    window.addEventListener('hashchange', reset, { signal });
    const link = figure.find('link', HTMLAnchorElement);
    linkForm({ id: figure.id, form, link, onChange: () => this.#later(), signal });
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
    const wrong = this.#priced();
    this.#part('mistake').textContent = wrong ?? '';
    if (wrong !== null || this.#outcome === null) return;
    this.#name(this.#outcome);
    this.#parts.draw(this.#outcome);
  }

  /** Prices what the form says. Why it cannot; null when it could. Until then the last one stays. */
  #priced(): string | null {
    const wrong = mistakeIn(this.#form);
    if (wrong !== null) return wrong;
    try {
      this.#outcome = listsOutcome(listsOf(formState(this.#form)));
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** Writes where the dials stand, beside them and for screen readers. */
  #name({ setup, shape }: ListsOutcome): void {
    this.#calls.show(setup.calls);
    const texts = {
      peak: `${setup.peak} times the average hour`,
      cpu: `${setup.cpu} %`,
    };
    for (const [name, text] of Object.entries(texts)) {
      this.#figure.find(name, HTMLInputElement).setAttribute('aria-valuetext', text);
      for (const said of this.#figure.findAll(`${name}-said`, HTMLElement)) {
        said.textContent = text;
      }
    }
    // The reader's own hours have a level and a peak of their own.
    this.#part('own').textContent =
      setup.hours.trim() === ''
        ? ''
        : `Your hours are drawn, and not the first two dials: ${largeNumber(shape.calls)} calls a month, peak to mean ${shape.peakToMean.toFixed(1)}. Empty the field to go back.${setup.hours.length > LONGEST_LINKED ? ' So many do not fit into a link.' : ''}`;
  }

  /** A change is complete: it is drawn at once, and said. */
  #say(): void {
    cancelAnimationFrame(this.#frame);
    this.#follow();
    const isRight = this.#part('mistake').textContent === '' && this.#outcome !== null;
    this.#part('status').textContent = isRight ? listsSummary(this.#outcome as ListsOutcome) : '';
  }
}
