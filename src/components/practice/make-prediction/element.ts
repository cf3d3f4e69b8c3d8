/** `<make-prediction>`: keeps a guess, and opens what happens only after there is one. */

import { CourseElement } from '../../element.ts';
import { fillGuess, guessIn } from '../../guess.ts';
import { Question } from '../../question.ts';

export class MakePrediction extends CourseElement {
  protected override connected(): void {
    const question = new Question(this);
    const predict = (event: Event): void => {
      event.preventDefault();
      this.#predict(question);
    };
    const { signal } = this;
    this.find('form', HTMLFormElement).addEventListener('submit', predict, { signal });
    const { said } = question;
    if (said === undefined) return;
    fillGuess(this.#guesses, said);
    this.#open(said);
  }

  #predict(question: Question): void {
    const said = guessIn(this.#guesses);
    if (said === '') {
      this.find('said', HTMLElement).textContent =
        'Commit to something first: a wrong guess is worth more than none.';
      return;
    }
    question.keep(said);
    this.#open(said);
    this.find('answer', HTMLDetailsElement).querySelector('summary')?.focus();
  }

  #open(said: string): void {
    this.dataset['guessed'] = '';
    this.find('said', HTMLElement).textContent = `You predicted: ${said}`;
    this.find('answer', HTMLDetailsElement).open = true;
    this.find('controls', HTMLElement).hidden = true;
    for (const guess of this.#guesses) guess.disabled = true;
  }

  get #guesses(): HTMLInputElement[] {
    return this.findAll('guess', HTMLInputElement);
  }
}

customElements.define('make-prediction', MakePrediction);
