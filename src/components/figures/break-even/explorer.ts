/** The explorer at work: what the form says is drawn, what is drawn can be linked to. */

import { largeNumber } from '#src/format/large-number.ts';
import { formState, linkForm } from '../../form-link.ts';
import { mistakeIn } from '../../typed-number.ts';
import { summaryOf } from './chart.ts';
import { compare, keepsReady, type Comparison } from './comparison.ts';
import { DRAWN, DRAWN_PARTS, type Drawn } from './picture.ts';
import { settingsOf } from './settings.ts';

export interface Desk {
  readonly id: string;
  readonly form: HTMLFormElement;
  /** Calls a month on a logarithmic scale; the number beside it is what counts. */
  readonly slider: HTMLInputElement;
  readonly calls: HTMLInputElement;
  /** Fields that belong to some choices only. */
  readonly ready: HTMLElement;
  readonly own: HTMLElement;
  readonly drawn: (part: Drawn) => HTMLElement;
  readonly link: HTMLAnchorElement;
  /** For those who hear the page. */
  readonly status: HTMLElement;
  /** What cannot be read of what was typed. */
  readonly mistake: HTMLElement;
  readonly signal: AbortSignal;
}

export class Explorer {
  readonly #desk: Desk;
  /** What was drawn from another state than the present one. */
  readonly #stale = new Set<Drawn>();
  #comparison: Comparison;
  #frame = 0;

  /** Takes the state of the address, and follows the form until the desk's signal ends. */
  constructor(desk: Desk) {
    this.#desk = desk;
    const { id, form, slider, calls, signal } = desk;
    // A reader may be quicker than the loading of this.
    if (slider.value !== slider.defaultValue) calls.value = callsOf(slider);
    slider.addEventListener('input', () => (calls.value = callsOf(slider)), { signal });
    linkForm({ id, form, onChange: () => this.#later(), signal });
    this.#comparison = compare(settingsOf(formState(form)));
    form.addEventListener('change', () => this.#say(), { signal });
    for (const part of DRAWN_PARTS) {
      desk
        .drawn(part)
        .closest('details')
        ?.addEventListener('toggle', () => this.#drawStale(), { signal });
    }
    signal.addEventListener('abort', () => cancelAnimationFrame(this.#frame));
    this.#follow();
  }

  /** A slider that is dragged asks for more pictures than a screen can show. */
  #later(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#follow());
  }

  #follow(): void {
    const { id, form, slider, ready, own, link, mistake } = this.#desk;
    const wrong = mistakeIn(form);
    mistake.textContent = wrong ?? '';
    // While a number is being typed it may be none: the picture waits for it.
    if (wrong !== null) return;
    const state = formState(form);
    this.#comparison = compare(settingsOf(state));
    const { fn, settings } = this.#comparison;
    slider.value = String(Math.log10(settings.calls));
    slider.setAttribute('aria-valuetext', `${largeNumber(settings.calls)} calls a month`);
    ready.hidden = !keepsReady(fn.offer.table);
    own.hidden = settings.machine !== 'own-machine';
    link.href = `#${id}?${String(state)}`;
    for (const part of DRAWN_PARTS) this.#stale.add(part);
    this.#drawStale();
  }

  /** What is folded away is drawn when it is opened. */
  #drawStale(): void {
    for (const part of this.#stale) {
      const place = this.#desk.drawn(part);
      if (place.closest('details:not([open])')) continue;
      this.#stale.delete(part);
      place.innerHTML = String(DRAWN[part](this.#comparison));
    }
  }

  /** A change is complete: it is drawn at once, and said. */
  #say(): void {
    const { status, mistake } = this.#desk;
    cancelAnimationFrame(this.#frame);
    this.#follow();
    status.textContent = mistake.textContent === '' ? summaryOf(this.#comparison) : '';
  }
}

/** Three digits of a number of calls are as many as a slider can mean. */
function callsOf({ value }: HTMLInputElement): string {
  return String(Number((10 ** Number(value)).toPrecision(3)));
}
