/** What happens in the figure: at each press one of the two calls does its next statement. */

import type { CourseElement } from '../../element.ts';
import { WRITER_FRAME } from './frame.ts';
import { WRITERS, writerScene, type Writer, type WriterForm } from './setup.ts';

export class WriterSession {
  readonly #figure: CourseElement;
  readonly #form: HTMLFormElement;
  #order: Writer[] = [];

  /** Begins before the first statement. @param signal ends all of it */
  constructor(figure: CourseElement, signal: AbortSignal) {
    this.#figure = figure;
    this.#form = figure.find('form', HTMLFormElement);
    const again = (): void => this.#show([]);
    for (const who of WRITERS) {
      const button = figure.find(who, HTMLButtonElement);
      button.addEventListener('click', () => this.#show([...this.#order, who]), { signal });
    }
    figure.find('again', HTMLButtonElement).addEventListener('click', again, { signal });
    this.#form.addEventListener('change', again, { signal });
    again();
  }

  #show(order: Writer[]): void {
    const figure = this.#figure;
    const form = new FormData(this.#form).get('form') as WriterForm;
    const scene = writerScene(form, order);
    this.#order = order;
    for (const [part, draw] of Object.entries(WRITER_FRAME)) {
      figure.find(part, HTMLElement).innerHTML = String(draw(scene));
    }
    for (const { who, lines } of scene.calls) {
      const hasEnded = lines.every(({ isDone }) => isDone);
      // `disabled` would take the focus away from whoever pressed it.
      figure.find(who, HTMLButtonElement).ariaDisabled = hasEnded ? 'true' : null;
    }
  }
}
