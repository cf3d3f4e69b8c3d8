/**
 * What a figure asks before it shows a result. Whatever answers it, anywhere on the page, carries
 * `data-answer-to` with the figure's id and is hidden until it has `data-open`; what stands in its
 * place carries `data-until-answer`. What explains the answer has `data-explains` as well, and can wait
 * until the reader has said what they saw. On paper and without JavaScript all of it is open
 * (utilities.css).
 */

import type { PredictionRecord } from '../progress/records.ts';
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
    return this.#kept?.said;
  }

  /** The reason that was chosen for it, in words; empty where none was. */
  get why(): string {
    return this.#kept?.why ?? '';
  }

  /**
   * Keeps a prediction, empty when the reader declines. A later one was made knowing the answer and is
   * not kept.
   * @param why the reason that was chosen for it, in words @default none
   */
  keep(said: string, why?: string): void {
    if (this.said !== undefined) return;
    const at = new Date().toISOString();
    const reason = why === undefined ? {} : { why };
    progress().set('prediction', this.#key, { hash: this.#hash, at, said, ...reason });
  }

  /** Keeps what the reader saw after the first run, in the words of an option. */
  keepSeen(saw: string): void {
    const kept = this.#kept;
    if (kept === undefined || kept.saw !== undefined) return;
    progress().set('prediction', this.#key, { ...kept, saw });
  }

  /** @param what the result alone, or its explanation as well @default 'all' */
  open(what: 'result' | 'all' = 'all'): void {
    this.#figure.dataset['open'] = '';
    const opens = ({ dataset }: HTMLElement): boolean =>
      what === 'all' || dataset['explains'] === undefined;
    for (const answer of this.#allWith('answerTo').filter(opens)) answer.dataset['open'] = '';
    for (const note of this.#allWith('untilAnswer').filter(opens)) note.hidden = true;
  }

  #allWith(name: 'answerTo' | 'untilAnswer'): HTMLElement[] {
    const all = document.querySelectorAll<HTMLElement>('[data-answer-to], [data-until-answer]');
    return [...all].filter(({ dataset }) => dataset[name] === this.#figure.id);
  }

  get #kept(): PredictionRecord | undefined {
    const kept = progress().get('prediction', this.#key);
    return kept?.hash === this.#hash ? kept : undefined;
  }

  get #hash(): string {
    return this.#figure.dataset['hash'] ?? '';
  }
}
