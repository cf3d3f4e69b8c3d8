/** The life of the figure: a day, simulated anew whenever the reader changes what it is made of. */

import { Attempts, type AttemptParts } from '#src/simulation/attempt.ts';
import { formState, linkedState, linkForm } from '../../form-link.ts';
import { mistakeIn } from '../../typed-number.ts';
import { conduct, momentOf, type Shown } from './conduct.ts';
import { momentName } from './outcome.ts';
import { MOST_PLATFORMS } from './setup.ts';

export interface DayParts extends AttemptParts {
  readonly figure: HTMLElement;
  readonly form: HTMLFormElement;
  readonly link: HTMLAnchorElement;
  readonly recorded: HTMLElement;
  readonly platforms: readonly HTMLInputElement[];
  readonly charts: HTMLElement;
  readonly moment: HTMLInputElement;
  readonly at: HTMLElement;
  readonly totals: HTMLElement;
  readonly twin: HTMLElement;
  readonly bills: HTMLElement;
  readonly reckoning: HTMLElement;
  readonly whole: HTMLButtonElement;
  readonly provenance: HTMLElement;
}

/** A reader who types or drags is not done yet, in ms. */
const SETTLE_MS = 150;

export class Session {
  readonly #parts: DayParts;
  readonly #attempts: Attempts;
  #shown: Shown | null = null;
  #settling: number | undefined;

  constructor(parts: DayParts, signal: AbortSignal) {
    const { figure, form, link, whole, moment, charts } = parts;
    this.#parts = parts;
    this.#attempts = new Attempts(parts, signal);
    linkForm({ form, id: figure.id, link, onChange: () => this.#settle(), signal });
    this.#adapt();
    whole.addEventListener('click', () => void this.#simulate(true), { signal });
    moment.addEventListener('input', () => void this.#look(), { signal });
    charts.addEventListener('pointermove', (event) => this.#point(event), { signal });
    signal.addEventListener('abort', () => clearTimeout(this.#settling));
    if (linkedState(figure.id) !== null) void this.#simulate(false);
  }

  #settle(): void {
    this.#adapt();
    clearTimeout(this.#settling);
    this.#settling = window.setTimeout(() => void this.#simulate(false), SETTLE_MS);
  }

  /** Controls that depend on others: counts only for a recording, and no more ways than fit. */
  #adapt(): void {
    const { form, recorded, platforms } = this.#parts;
    const state = formState(form);
    recorded.hidden = state.get('traffic') !== 'recorded';
    const isFull = state.getAll('on').length >= MOST_PLATFORMS;
    for (const box of platforms) box.disabled = isFull && !box.checked;
  }

  async #simulate(whole: boolean): Promise<boolean> {
    const { figure, form } = this.#parts;
    const mistake = mistakeIn(form);
    if (mistake !== null) {
      this.#attempts.say(mistake, true);
      return false;
    }
    figure.ariaBusy = 'true';
    const state = formState(form);
    const shown = await this.#attempts.make((signal, onProgress) =>
      conduct(state, { whole, signal, onProgress }),
    );
    if (!this.#attempts.isBusy) figure.ariaBusy = null;
    if (shown === null) return false;
    this.#show(shown);
    return true;
  }

  #show(shown: Shown): void {
    const { charts, totals, twin, bills, reckoning, whole, provenance } = this.#parts;
    const { outcome, parts, said } = shown;
    this.#shown = shown;
    charts.innerHTML = parts.charts;
    totals.innerHTML = parts.totals;
    twin.innerHTML = parts.twin;
    bills.innerHTML = parts.bills;
    reckoning.hidden = false;
    whole.hidden = outcome.pace === 1;
    provenance.textContent = said;
    this.#attempts.say('');
    this.#divide(outcome.served[0]?.course.bins.length ?? 1);
    void this.#look();
  }

  /** The day has so many parts now: the slider stays where it is in the day. */
  #divide(parts: number): void {
    const { moment } = this.#parts;
    const share = Number(moment.value) / (Number(moment.max) + 1);
    moment.max = String(parts - 1);
    moment.value = String(Math.floor(share * parts));
  }

  /** What was at the moment the reader points at; the first look simulates what stands there. */
  async #look(): Promise<void> {
    const { figure, moment, at } = this.#parts;
    const share = (Number(moment.value) + 0.5) / (Number(moment.max) + 1);
    figure.style.setProperty('--moment', String(share));
    if (this.#shown === null) {
      await this.#simulate(false);
      return;
    }
    const { outcome } = this.#shown;
    at.innerHTML = momentOf(outcome, Number(moment.value));
    moment.setAttribute('aria-valuetext', momentName(outcome, Number(moment.value)));
  }

  #point({ clientX, pointerType }: PointerEvent): void {
    // A finger scrolls the page, and has the slider.
    if (pointerType !== 'mouse' || this.#shown === null) return;
    const { charts, moment } = this.#parts;
    const { left, width } = charts.getBoundingClientRect();
    moment.value = String(Math.floor(((clientX - left) / width) * (Number(moment.max) + 1)));
    void this.#look();
  }
}
