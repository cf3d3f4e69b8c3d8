/** Keeps a guess, and opens what happens only after there is one. */

import { progress } from '../../../progress/store.ts';
import { CourseElement } from '../../element.ts';

export class MakePrediction extends CourseElement {
  protected connected(): void {
    const { signal } = this;
    this.find('form', HTMLFormElement).addEventListener(
      'submit',
      (event) => {
        event.preventDefault();
        this.#guess();
      },
      { signal },
    );
    const kept = progress().get('prediction', this.#key);
    if (kept === undefined || kept.hash !== this.dataset['hash']) return;
    for (const guess of this.#guesses) {
      if (guess.type === 'radio') guess.checked = guess.value === kept.said;
      else guess.value = kept.said;
    }
    this.#open(kept.said);
  }

  #guess(): void {
    const said = this.#guesses
      .filter((guess) => guess.type !== 'radio' || guess.checked)
      .map((guess) => guess.value.trim())
      .join('');
    if (said === '') {
      this.find('said', HTMLElement).textContent =
        'Commit to something first: a wrong guess is worth more than none.';
      return;
    }
    const at = new Date().toISOString();
    progress().set('prediction', this.#key, { hash: this.dataset['hash'] ?? '', at, said });
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

  get #key(): string {
    return this.dataset['prediction'] ?? '';
  }
}

customElements.define('make-prediction', MakePrediction);
