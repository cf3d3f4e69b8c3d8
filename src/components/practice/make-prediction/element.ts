/** `<make-prediction>`: keeps a guess, and opens what happens only after there is one. */

import { CourseElement } from '../../element.ts';
import { fillGuess, guessIn } from '../../guess.ts';
import type { GuessHelp } from '../../guess-help.ts';
import { Question } from '../../question.ts';

export class MakePrediction extends CourseElement {
  /** Loaded at the first guess, where the author has written something for it. */
  #help: GuessHelp | undefined;

  protected override connected(): void {
    const question = new Question(this);
    const predict = (event: Event): void => {
      event.preventDefault();
      this.#predict(question);
    };
    const { signal } = this;
    const form = this.find('form', HTMLFormElement);
    form.addEventListener('submit', predict, { signal });
    form.addEventListener('change', () => void this.#helpWith(), { signal });
    const { said } = question;
    if (said === undefined) return;
    fillGuess(this.#guesses, said);
    this.#open(question, said, question.why);
  }

  async #helpWith(): Promise<void> {
    const { help } = this.dataset;
    const choices = this.querySelector('fieldset');
    if (help === undefined || choices === null) return;
    const { GuessHelp } = await import('../../guess-help.ts');
    this.#help ??= new GuessHelp(choices, help);
    await this.#help.follow(guessIn(this.#guesses));
  }

  #predict(question: Question): void {
    const said = guessIn(this.#guesses);
    if (said === '') {
      this.find('said', HTMLElement).textContent =
        'Commit to something first: a wrong guess is worth more than none.';
      return;
    }
    const { words, feedback } = this.#help?.chosen ?? {};
    question.keep(said, words);
    this.#help?.close();
    this.#open(question, said, words, feedback);
    this.find('answer', HTMLDetailsElement).querySelector('summary')?.focus();
  }

  /** @param why in words @param feedback on it, as HTML */
  #open(question: Question, said: string, why = '', feedback = ''): void {
    this.dataset['guessed'] = '';
    // A figure below may show what there was to predict.
    question.open();
    const reason = why === '' ? '' : `. Your reason: “${why}”`;
    const words = this.find('said', HTMLElement);
    words.textContent = `You predicted: ${said}${reason}`;
    words.insertAdjacentHTML('beforeend', feedback && ` ${feedback}`);
    this.find('answer', HTMLDetailsElement).open = true;
    this.find('controls', HTMLElement).hidden = true;
    for (const guess of this.#guesses) guess.disabled = true;
  }

  get #guesses(): HTMLInputElement[] {
    return this.findAll('guess', HTMLInputElement);
  }
}

customElements.define('make-prediction', MakePrediction);
