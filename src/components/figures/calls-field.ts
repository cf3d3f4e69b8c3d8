/** Calls a month: a number that counts, and a slider beside it on a logarithmic scale. */

import { largeNumber } from '#src/format/large-number.ts';
import type { CourseElement } from '../element.ts';

/** The slider as `CallsField.astro` renders it, tied to the number. */
export class CallsField {
  readonly #slider: HTMLInputElement;
  readonly #least: number;

  /** @param signal ends all of it */
  constructor(figure: CourseElement, signal: AbortSignal) {
    const slider = figure.find('slider', HTMLInputElement);
    const calls = figure.find('calls', HTMLInputElement);
    [this.#slider, this.#least] = [slider, 10 ** Number(slider.min)];
    // A reader may be quicker than the loading of this.
    if (slider.value !== slider.defaultValue) calls.value = callsOf(slider);
    slider.addEventListener('input', () => (calls.value = callsOf(slider)), { signal });
  }

  /** Moves the slider to what the number says. @param calls a month, ≥ 0 */
  show(calls: number): void {
    this.#slider.value = String(Math.log10(Math.max(this.#least, calls)));
    this.#slider.setAttribute('aria-valuetext', callsSaid(calls));
  }
}

/** As the slider says it. */
export function callsSaid(calls: number): string {
  return `${largeNumber(calls)} calls a month`;
}

/** Three digits of a number of calls are as many as a slider can mean. */
function callsOf({ value }: HTMLInputElement): string {
  return String(Number((10 ** Number(value)).toPrecision(3)));
}
