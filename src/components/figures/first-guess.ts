/**
 * The guess among options that a figure asks for before its first run. Whoever does not know yet is
 * helped, a guess has its reason, and after the run the reader says what they saw before the text
 * explains it. So it is in every figure that asks.
 */

import type { CourseElement } from '../element.ts';
import { guessIn, UNKNOWN } from '../guess.ts';
import { GuessHelp, type ChosenReason } from '../guess-help.ts';
import { html, Markup } from '../markup.ts';
import type { Question } from '../question.ts';
import type { AskedPrediction } from './experiment.ts';
import { askWhatWasSeen } from './what-was-seen.ts';

/** What a run showed, in the words of the options. */
export interface ObservedAnswer {
  readonly text: string;
  /** The options that it makes right; none where there is nothing to judge. */
  readonly right: readonly string[];
}

export class FirstGuess {
  readonly #figure: CourseElement;
  readonly #question: Question;
  readonly #signal: AbortSignal;
  readonly #guesses: readonly HTMLInputElement[];
  #help: GuessHelp | undefined;
  #isAsking = false;

  /** @param figure has its guesses as parts `guess`, and `data-help` where there is some */
  constructor(figure: CourseElement, question: Question, signal: AbortSignal) {
    this.#figure = figure;
    this.#question = question;
    this.#signal = signal;
    this.#guesses = figure.findAll('guess', HTMLInputElement);
    const help = ({ target }: Event): void => {
      const guess = this.#guesses.find((one) => one === target);
      if (guess !== undefined) this.#helpWith(guess);
    };
    figure.addEventListener('input', help, { signal });
  }

  /** For an `Experiment`. */
  get asked(): AskedPrediction {
    return {
      question: this.#question,
      said: () => guessIn(this.#guesses),
      why: () => this.#help?.chosen?.words,
      isComplete: () => guessIn(this.#guesses) !== '',
      request: 'Say first what you think will happen, or press Run again.',
      focus: () => this.#guesses[0]?.focus(),
      asksWhatWasSeen: () => this.#isAsking,
    };
  }

  /** The reader has run it, and not said yet what they saw. */
  get isAsking(): boolean {
    return this.#isAsking;
  }

  /** Whoever declined to guess, or knows the answer already, is not asked what they saw. */
  get mayAsk(): boolean {
    return this.#options.length > 0 && guessIn(this.#guesses) !== '' && !this.#question.isOpen;
  }

  /**
   * Asks what was seen, and keeps it.
   * @param place after which the question stands, and what is to be said to the answer
   * @returns once it is answered
   */
  async ask(place: HTMLElement, { text, right }: ObservedAnswer): Promise<void> {
    this.#isAsking = true;
    const saw = await askWhatWasSeen(place, this.#options, this.#signal);
    this.#isAsking = false;
    this.#question.keepSeen(saw);
    this.#question.open();
    this.#help?.close();
    const isMistaken = right.length > 0 && !right.includes(saw);
    const remark = remarkOn(isMistaken ? text : null, this.#help?.chosen);
    if (remark !== null) place.insertAdjacentHTML('afterend', String(remark));
  }

  /** Where the author has written something for it; what is predicted after an answer needs none. */
  #helpWith(guess: HTMLInputElement): void {
    const { help } = this.#figure.dataset;
    const choices = guess.closest('fieldset');
    if (help === undefined || choices === null || this.#question.isOpen) return;
    this.#help ??= new GuessHelp(choices, help);
    void this.#help.follow(guessIn(this.#guesses));
  }

  /** What there was to choose from, without “I don’t know yet”. */
  get #options(): string[] {
    return this.#guesses
      .filter(({ type, value }) => type === 'radio' && value !== UNKNOWN)
      .map(({ value }) => value);
  }
}

/** @param missed what the receipt says, where the reader saw something else @param reason that was chosen */
function remarkOn(missed: string | null, reason: ChosenReason | undefined): Markup | null {
  if (missed === null && reason === undefined) return null;
  const look = missed !== null && html`<p>Look again: the receipt says ${missed}.</p>`;
  const why =
    reason && html`<p>You said: “${new Markup(reason.reason)}” ${new Markup(reason.feedback)}</p>`;
  return html`<div class="message">${look}${why}</div>`;
}
