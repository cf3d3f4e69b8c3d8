/**
 * What a figure asks before it shows a result. Whatever answers it, anywhere on the page, carries
 * `data-answer-to` with the figure's id and is hidden until it has `data-open`; what stands in its
 * place carries `data-until-answer`. On paper and without JavaScript all of it is open (utilities.css).
 */

import { progress } from '../progress/store.ts';

/** The prediction that a figure asks for, and what waits for it. */
export class Question {
  readonly #figure: HTMLElement;
  /** `<lesson>/<figure>`: where the prediction is kept. */
  readonly #key: string;

  /** @param figure has `data-prediction`, its key, and `data-hash` of the question in its present wording */
  constructor(figure: HTMLElement) {
    this.#figure = figure;
    this.#key = figure.dataset['prediction'] ?? '';
  }

  /** The reader may see the answer: they have predicted or declined, now or on an earlier visit. */
  get isOpen(): boolean {
    return this.#figure.dataset['open'] !== undefined;
  }

  /** What the reader predicted first; empty when they declined; undefined when they have done neither. */
  get said(): string | undefined {
    const kept = progress().get('prediction', this.#key);
    return kept?.hash === this.#hash ? kept.said : undefined;
  }

  /** Keeps a prediction, empty when the reader declines. A later one was made knowing the answer and is not kept. */
  keep(said: string): void {
    if (this.said !== undefined) return;
    const at = new Date().toISOString();
    progress().set('prediction', this.#key, { hash: this.#hash, at, said });
  }

  open(): void {
    this.#figure.dataset['open'] = '';
    for (const answer of this.#allWith('answerTo')) answer.dataset['open'] = '';
    for (const note of this.#allWith('untilAnswer')) note.hidden = true;
  }

  #allWith(name: 'answerTo' | 'untilAnswer'): HTMLElement[] {
    const all = document.querySelectorAll<HTMLElement>('[data-answer-to], [data-until-answer]');
    return [...all].filter(({ dataset }) => dataset[name] === this.#figure.id);
  }

  get #hash(): string {
    return this.#figure.dataset['hash'] ?? '';
  }
}
