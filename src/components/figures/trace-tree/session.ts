/** What happens in the figure: the model follows the dials, and a run is drawn in its place. */

import type { CourseElement } from '../../element.ts';
import { formState, linkForm } from '../../form-link.ts';
import { loadScript } from '../../script.ts';
import { mistakeIn } from '../../typed-number.ts';
import { DrawnParts } from '../drawn-parts.ts';
import { Experiment } from '../experiment.ts';
import { CHECKOUT_FRAME, checkoutShown, type CheckoutShown } from './frame.ts';
import { checkoutOf } from '../checkout.ts';

export class TreeSession {
  readonly #figure: CourseElement;
  readonly #form: HTMLFormElement;
  readonly #parts: DrawnParts<CheckoutShown>;
  readonly #experiment: Experiment;

  /** @param signal ends all of it */
  constructor(figure: CourseElement, signal: AbortSignal) {
    this.#figure = figure;
    this.#form = figure.find('form', HTMLFormElement);
    this.#parts = new DrawnParts(figure, CHECKOUT_FRAME, signal);
    const mistake = (): string | null => mistakeIn(this.#form);
    this.#experiment = new Experiment({ figure, signal, mistake });
    const link = figure.find('link', HTMLAnchorElement);
    const before = String(formState(this.#form));
    linkForm({ form: this.#form, id: figure.id, link, onChange: () => this.#showModel(), signal });
    // The recorded run stands until the reader sets up another.
    if (String(formState(this.#form)) !== before) this.#showModel();
    this.#form.addEventListener('submit', () => void this.#run(), { signal });
  }

  #showModel(): void {
    const wrong = mistakeIn(this.#form);
    this.#experiment.say(wrong ?? '', wrong !== null);
    if (wrong !== null) return;
    this.#parts.draw(checkoutShown(checkoutOf(formState(this.#form)), null));
    this.#provenance = 'The model; press Run to see it happen.';
  }

  #run(): Promise<void> {
    const setup = checkoutOf(formState(this.#form));
    const { id } = this.#figure;
    return this.#experiment.start({
      run: async (signal, onProgress) => {
        const { runCheckout } = await loadScript(() => import('./run.ts'));
        return runCheckout(setup, { figure: id, signal, onProgress });
      },
      show: ({ tree, provenance }) => {
        this.#parts.draw(checkoutShown(setup, tree));
        this.#provenance = provenance;
      },
    });
  }

  set #provenance(text: string) {
    this.#figure.find('provenance', HTMLElement).textContent = text;
  }
}
