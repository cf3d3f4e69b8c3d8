/** What happens in the figure: a burst is set up, predicted and run, and laid beside the model. */

import type { CourseElement } from '../../element.ts';
import { formState, linkForm } from '../../form-link.ts';
import { guessIn } from '../../guess.ts';
import type { Question } from '../../question.ts';
import { loadScript } from '../../script.ts';
import { mistakeIn, numberIn } from '../../typed-number.ts';
import { Experiment } from '../experiment.ts';
import { FirstGuess } from '../first-guess.ts';
import type { BurstFrame } from './frame.ts';
import { burstOf, wayOf, type BurstGuess } from './setup.ts';

export class BurstSession {
  readonly #figure: CourseElement;
  readonly #form: HTMLFormElement;
  readonly #instances: HTMLInputElement;
  readonly #slow: readonly HTMLInputElement[];
  readonly #firstGuess: FirstGuess;
  readonly #experiment: Experiment;
  /** How the burst is scaled; hidden where this reader may not choose it. */
  readonly #way: HTMLElement;

  /** @param signal ends all of it */
  constructor(figure: CourseElement, question: Question, signal: AbortSignal) {
    this.#figure = figure;
    this.#form = figure.find('form', HTMLFormElement);
    this.#instances = figure.find('instances', HTMLInputElement);
    this.#way = figure.find('way', HTMLElement);
    void this.#showWay();
    this.#slow = figure.findAll('guess', HTMLInputElement);
    this.#firstGuess = new FirstGuess(figure, question, signal);
    const prediction = {
      ...this.#firstGuess.asked,
      said: () =>
        Object.values(this.#guess)
          .filter((said) => said !== null)
          .join(', '),
      isComplete: () => Object.values(this.#guess).every((said) => said !== null),
      request: 'Say first how many instances, and which calls, or press Run again.',
      focus: () => (this.#guess.instances === null ? this.#instances : this.#slow[0])?.focus(),
    };
    const mistake = (): string | null => mistakeIn(this.#form);
    this.#experiment = new Experiment({ figure, signal, prediction, mistake });
    const link = figure.find('link', HTMLAnchorElement);
    linkForm({ form: this.#form, id: figure.id, link, onChange: () => undefined, signal });
    this.#form.addEventListener('submit', () => void this.#run(), { signal });
    const show = figure.find('show', HTMLButtonElement);
    show.addEventListener('click', () => this.#showRecorded(), { signal });
  }

  get #guess(): BurstGuess {
    return { instances: numberIn(this.#instances), slow: guessIn(this.#slow) || null };
  }

  async #showWay(): Promise<void> {
    try {
      const { currentPlace } = await import('#src/demo/places/choose.ts');
      this.#way.hidden = (await currentPlace()).scaling === undefined;
    } catch {
      // Without a place nothing runs, which is said at the run.
    }
  }

  #showRecorded(): void {
    this.#experiment.showRecorded();
    this.#figure.find('result', HTMLElement).focus();
  }

  #run(): Promise<void> {
    const state = formState(this.#form);
    const { id, dataset } = this.#figure;
    const trial = {
      fn: dataset['function'] ?? '',
      burst: burstOf(state),
      way: this.#way.hidden ? null : wayOf(state),
      guess: this.#guess,
    };
    return this.#experiment.start({
      run: async (signal, onProgress) => {
        const { runBurst } = await loadScript(() => import('./run.ts'));
        return runBurst(trial, { figure: id, signal, onProgress });
      },
      show: (shown) => this.#show(shown),
    });
  }

  #show({ html, error, slow, provenance }: BurstFrame & { readonly provenance: string }): void {
    const part = (name: string): HTMLElement => this.#figure.find(name, HTMLElement);
    for (const [name, content] of Object.entries(html)) part(name).innerHTML = content;
    part('error').textContent = error;
    part('provenance').textContent = provenance;
    if (this.#firstGuess.mayAsk) void this.#askWhatWasSeen(slow);
    this.#experiment.say(
      'Done. What was seen stands beside what you said, and what the model says.',
    );
  }

  async #askWhatWasSeen(slow: string): Promise<void> {
    const [choices] = this.#slow.map((guess) => guess.closest('fieldset'));
    if (!choices) return;
    await this.#firstGuess.ask(choices, { text: slow, right: [slow] });
    this.#figure.find('result', HTMLElement).focus();
  }
}
