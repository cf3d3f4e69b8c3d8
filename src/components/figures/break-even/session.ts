/** What happens in the figure: what the form says is computed and drawn, and can be linked to. */

import { largeNumber } from '#src/format/large-number.ts';
import type { CourseElement } from '../../element.ts';
import { formState, linkForm } from '../../form-link.ts';
import { mistakeIn } from '../../typed-number.ts';
import { compareCosts, keepsReady, type CostComparison } from './comparison.ts';
import { breakEvenSummary } from './draw.ts';
import { BREAK_EVEN_FRAME, BREAK_EVEN_PARTS, type BreakEvenPart } from './frame.ts';
import { breakEvenOf } from './setup.ts';

export class BreakEvenSession {
  readonly #figure: CourseElement;
  readonly #form: HTMLFormElement;
  /** Calls a month on a logarithmic scale; the number beside it is what counts. */
  readonly #slider: HTMLInputElement;
  /** Says what cannot be read of what was typed. */
  readonly #mistake: HTMLElement;
  /** What was drawn from another state than the present one. */
  readonly #stale = new Set<BreakEvenPart>();
  #comparison: CostComparison;
  #frame = 0;

  /** Takes the state of the address, and follows the form. @param signal ends all of it */
  constructor(figure: CourseElement, signal: AbortSignal) {
    this.#figure = figure;
    const form = figure.find('form', HTMLFormElement);
    const slider = figure.find('slider', HTMLInputElement);
    const calls = figure.find('calls', HTMLInputElement);
    [this.#form, this.#slider] = [form, slider];
    this.#mistake = this.#part('mistake');
    // A reader may be quicker than the loading of this.
    if (slider.value !== slider.defaultValue) calls.value = callsOf(slider);
    slider.addEventListener('input', () => (calls.value = callsOf(slider)), { signal });
    const link = figure.find('link', HTMLAnchorElement);
    linkForm({ id: figure.id, form, link, onChange: () => this.#later(), signal });
    this.#comparison = compareCosts(breakEvenOf(formState(form)));
    form.addEventListener('change', () => this.#say(), { signal });
    for (const part of BREAK_EVEN_PARTS) {
      const fold = this.#part(part).closest('details');
      fold?.addEventListener('toggle', () => this.#drawStale(), { signal });
    }
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
    this.#slider.value = String(Math.log10(setup.calls));
    this.#slider.setAttribute('aria-valuetext', `${largeNumber(setup.calls)} calls a month`);
    // Fields that belong to some choices only.
    this.#part('ready').hidden = !keepsReady(fn.offer.table);
    this.#part('own').hidden = setup.machine !== 'own-machine';
    for (const part of BREAK_EVEN_PARTS) this.#stale.add(part);
    this.#drawStale();
  }

  /** What is folded away is drawn when it is opened. */
  #drawStale(): void {
    for (const part of this.#stale) {
      const place = this.#part(part);
      if (place.closest('details:not([open])')) continue;
      this.#stale.delete(part);
      place.innerHTML = String(BREAK_EVEN_FRAME[part](this.#comparison));
    }
  }

  /** A change is complete: it is drawn at once, and said. */
  #say(): void {
    cancelAnimationFrame(this.#frame);
    this.#follow();
    const isRight = this.#mistake.textContent === '';
    this.#part('status').textContent = isRight ? breakEvenSummary(this.#comparison) : '';
  }
}

/** Three digits of a number of calls are as many as a slider can mean. */
function callsOf({ value }: HTMLInputElement): string {
  return String(Number((10 ** Number(value)).toPrecision(3)));
}
