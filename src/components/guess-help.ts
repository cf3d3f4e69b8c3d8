/**
 * What helps with a guess: whoever does not know yet is shown the ideas that the question needs, and
 * whoever has guessed is asked why, where the prediction has reasons to choose from.
 */

import { UNKNOWN } from './guess.ts';
import { html, Markup } from './markup.ts';
import { readWritten } from './written.ts';

/** A reason for a guess, as HTML, and what is to be said of it. */
export interface GuessReason {
  readonly reason: string;
  readonly feedback: string;
}

/** The reason that the reader has chosen. */
export interface ChosenReason extends GuessReason {
  /** The reason as plain text. */
  readonly words: string;
}

/** What the build has written for one prediction. */
export interface PredictionHelp {
  /** HTML: terms with their meanings. */
  readonly ideas: readonly string[];
  /** Empty where only the guess is asked for. */
  readonly why: readonly GuessReason[];
}

export class GuessHelp {
  readonly #place = document.createElement('div');
  readonly #name: string;
  readonly #help: Promise<PredictionHelp | null>;
  #why: readonly GuessReason[] = [];
  /** The guess that was made last: help for an earlier one comes too late. */
  #said = '';

  /** @param choices after which it is shown @param address of a `PredictionHelp` as JSON */
  constructor(choices: Element, address: string) {
    this.#name = address;
    this.#place.setAttribute('role', 'status');
    choices.after(this.#place);
    this.#help = readWritten<PredictionHelp>(address);
  }

  /** Shows what helps with this guess. */
  async follow(said: string): Promise<void> {
    this.#said = said;
    const help = await this.#help;
    if (help === null || said !== this.#said) return;
    const areShown = this.#why.length > 0;
    if (said !== UNKNOWN && areShown) return;
    this.#why = said === UNKNOWN ? [] : help.why;
    this.#place.innerHTML = said === UNKNOWN ? String(ideas(help)) : String(this.#reasons());
  }

  /** The reason that the reader has chosen. */
  get chosen(): ChosenReason | undefined {
    const [radio] = this.#radios.filter(({ checked }) => checked);
    const chosen = radio && this.#why[Number(radio.value)];
    return chosen && { ...chosen, words: radio.labels?.[0]?.textContent ?? '' };
  }

  /** The guess has been made: nothing can be chosen any more. */
  close(): void {
    for (const radio of this.#radios) radio.disabled = true;
  }

  get #radios(): HTMLInputElement[] {
    return [...this.#place.querySelectorAll('input')];
  }

  #reasons(): Markup {
    if (this.#why.length === 0) return html``;
    const reasons = this.#why.map(
      ({ reason }, place) =>
        html`<label><input type="radio" name="${this.#name}" value="${place}"><span>${new Markup(reason)}</span></label>`,
    );
    return html`<fieldset class="choices"><legend>And why?</legend>${reasons}</fieldset>`;
  }
}

function ideas({ ideas: needed }: PredictionHelp): Markup {
  return html`<p>That is a good place to start from. The question needs two ideas:</p><ul>${needed.map((idea) => html`<li>${new Markup(idea)}</li>`)}</ul><p>Guess now, or go on without.</p>`;
}
