/** What happens in the figure: a day is simulated again whenever the reader changes what it is made of. */

import type { CourseElement } from '../../element.ts';
import { formState, linkedState, linkForm } from '../../form-link.ts';
import { mistakeIn } from '../../typed-number.ts';
import { Experiment } from '../experiment.ts';
import type { DayFrame } from './frame.ts';
import { momentName } from './outcome.ts';
import { simulateDay } from './run.ts';
import { MOST_PLATFORMS } from './setup.ts';
import { momentTable } from './table.ts';

/** How long to wait after a change before simulating, in ms: the reader may still be typing. */
const SETTLE_MS = 150;
/** A run that is shorter shows no progress, in ms. */
const PATIENCE_MS = 500;

export class DaySession {
  readonly #figure: CourseElement;
  readonly #form: HTMLFormElement;
  readonly #charts: HTMLElement;
  /** Which part of the day is looked at. */
  readonly #moment: HTMLInputElement;
  readonly #whole: HTMLButtonElement;
  readonly #experiment: Experiment;
  #shown: DayFrame | null = null;
  #settling: number | undefined;

  /** @param signal ends all of it */
  constructor(figure: CourseElement, signal: AbortSignal) {
    this.#figure = figure;
    this.#form = figure.find('form', HTMLFormElement);
    this.#charts = figure.find('charts', HTMLElement);
    this.#moment = figure.find('moment', HTMLInputElement);
    this.#whole = figure.find('whole', HTMLButtonElement);
    this.#experiment = new Experiment({
      figure,
      signal,
      mistake: () => mistakeIn(this.#form),
      whileRunning: 'replaces',
      patienceMs: PATIENCE_MS,
    });
    const link = figure.find('link', HTMLAnchorElement);
    linkForm({ form: this.#form, id: figure.id, link, onChange: () => this.#settle(), signal });
    this.#adapt();
    this.#whole.addEventListener('click', () => void this.#simulate(true), { signal });
    this.#moment.addEventListener('input', () => void this.#look(), { signal });
    this.#charts.addEventListener('pointermove', (event) => this.#point(event), { signal });
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
    const state = formState(this.#form);
    const recorded = this.#figure.find('recorded', HTMLElement);
    recorded.hidden = state.get('traffic') !== 'recorded';
    const isFull = state.getAll('on').length >= MOST_PLATFORMS;
    for (const box of this.#figure.findAll('platform', HTMLInputElement)) {
      box.disabled = isFull && !box.checked;
    }
  }

  #simulate(whole: boolean): Promise<void> {
    const state = formState(this.#form);
    return this.#experiment.start({
      run: (signal, onProgress) => simulateDay(state, { whole, signal, onProgress }),
      show: (frame) => this.#show(frame),
    });
  }

  #show(frame: DayFrame): void {
    const part = (name: string): HTMLElement => this.#figure.find(name, HTMLElement);
    const { outcome, html, said } = frame;
    this.#shown = frame;
    for (const [name, content] of Object.entries(html)) part(name).innerHTML = content;
    part('reckoning').hidden = false;
    part('provenance').textContent = said;
    this.#whole.hidden = outcome.pace === 1;
    this.#divide(outcome.served[0]?.course.bins.length ?? 1);
    void this.#look();
  }

  /** The day has so many parts now: the slider stays where it is in the day. */
  #divide(parts: number): void {
    const share = Number(this.#moment.value) / (Number(this.#moment.max) + 1);
    this.#moment.max = String(parts - 1);
    this.#moment.value = String(Math.floor(share * parts));
  }

  /** What was at the moment the reader points at; the first look simulates what stands there. */
  async #look(): Promise<void> {
    const moment = this.#moment;
    const share = (Number(moment.value) + 0.5) / (Number(moment.max) + 1);
    this.#figure.style.setProperty('--moment', String(share));
    if (this.#shown === null) {
      await this.#simulate(false);
      return;
    }
    const { outcome } = this.#shown;
    const bin = Number(moment.value);
    this.#figure.find('at', HTMLElement).innerHTML = String(momentTable(outcome, bin));
    moment.setAttribute('aria-valuetext', momentName(outcome, bin));
  }

  #point({ clientX, pointerType }: PointerEvent): void {
    // A finger scrolls the page, and has the slider.
    if (pointerType !== 'mouse' || this.#shown === null) return;
    const { left, width } = this.#charts.getBoundingClientRect();
    const parts = Number(this.#moment.max) + 1;
    this.#moment.value = String(Math.floor(((clientX - left) / width) * parts));
    void this.#look();
  }
}
