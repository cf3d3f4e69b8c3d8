/** What happens in the figure: two dials and a goal, and a picture that follows them. */

import { simulateBeside } from '#src/simulation/beside.ts';
import type { CourseElement } from '../../element.ts';
import { formState, linkedState, linkForm } from '../../form-link.ts';
import { mistakeIn } from '../../typed-number.ts';
import { Experiment } from '../experiment.ts';
import { CurveMemory } from './curves.ts';
import { frameOfTradeOff, type TradeOffFrame } from './frame.ts';
import { atOnceText, keepText, tradeOffOf } from './setup.ts';

/** A run that is shorter shows no progress, in ms. */
const PATIENCE_MS = 500;

export class TradeOffSession {
  readonly #figure: CourseElement;
  readonly #form: HTMLFormElement;
  readonly #experiment: Experiment;
  readonly #memory = new CurveMemory();

  /** @param signal ends all of it */
  constructor(figure: CourseElement, signal: AbortSignal) {
    this.#figure = figure;
    this.#form = figure.find('form', HTMLFormElement);
    this.#experiment = new Experiment({
      figure,
      signal,
      mistake: () => mistakeIn(this.#form),
      whileRunning: 'replaces',
      patienceMs: PATIENCE_MS,
    });
    const onChange = (): void => void this.#follow();
    const link = figure.find('link', HTMLAnchorElement);
    linkForm({ form: this.#form, id: figure.id, link, onChange, signal });
    if (linkedState(figure.id) !== null) void this.#follow();
  }

  #follow(): Promise<void> {
    const setup = tradeOffOf(formState(this.#form));
    this.#name('kept', keepText(setup.keep));
    this.#name('at-once', atOnceText(setup.concurrency));
    return this.#experiment.start({
      run: async (signal, onProgress) =>
        frameOfTradeOff(
          await this.#memory.curves(setup, (jobs) => simulateBeside(jobs, { signal, onProgress })),
        ),
      show: (frame) => this.#show(frame),
    });
  }

  #show({ html, verdict, isMet }: TradeOffFrame): void {
    const part = (name: string): HTMLElement => this.#figure.find(name, HTMLElement);
    for (const [name, content] of Object.entries(html)) part(name).innerHTML = content;
    part('verdict').textContent = verdict;
    part('verdict').toggleAttribute('data-met', isMet);
  }

  /** Writes where a dial stands, beside it and for screen readers. */
  #name(dial: string, text: string): void {
    this.#figure.find(dial, HTMLOutputElement).value = text;
    this.#figure.find(`${dial}-dial`, HTMLInputElement).setAttribute('aria-valuetext', text);
  }
}
