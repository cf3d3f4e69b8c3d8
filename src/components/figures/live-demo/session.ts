/** What happens in a demo: the reader asks, predicts and runs, and sees what ran beside the prediction. */

import { addressOf } from '#src/demo/places/address.ts';
import { announceAnswer, announceFinish } from '#src/demo/places/announce.ts';
import type { CourseElement } from '../../element.ts';
import { guessIn, UNKNOWN } from '../../guess.ts';
import type { Question } from '../../question.ts';
import { loadScript } from '../../script.ts';
import { Experiment } from '../experiment.ts';
import { FirstGuess } from '../first-guess.ts';
import type { DemoResult } from './run.ts';
import { demoPlan, type DemoSetup, type DemoVariant, type RequestFields } from './setup.ts';

/** A run that is shorter shows no progress, in ms. */
const PATIENCE_MS = 200;

/** What the last run of a language left beside its receipt. */
interface Standing {
  readonly text: string;
  readonly isFault: boolean;
  /** Null when nothing was to be predicted. */
  readonly observed: DemoResult['observed'];
}

const NOTHING: Standing = { text: '', isFault: false, observed: null };

export class DemoSession {
  readonly #figure: CourseElement;
  readonly #setup: DemoSetup;
  readonly #experiment: Experiment;
  readonly #guesses: readonly HTMLInputElement[];
  readonly #languages: readonly HTMLInputElement[];
  /** Null when the demo asks nothing. */
  readonly #guess: FirstGuess | null;
  /** Of each language that was run: another language has its own receipt, and its own words. */
  readonly #standings = new Map<DemoVariant, Standing>();

  /** @param question null when the demo asks nothing @param signal ends all of it */
  constructor(figure: CourseElement, question: Question | null, signal: AbortSignal) {
    this.#figure = figure;
    this.#setup = JSON.parse(figure.dataset['setup'] ?? '') as DemoSetup;
    this.#guesses = figure.findAll('guess', HTMLInputElement);
    this.#languages = figure.findAll('language', HTMLInputElement);
    this.#guess = question && new FirstGuess(figure, question, signal);
    const prediction = this.#guess?.asked ?? null;
    this.#experiment = new Experiment({ figure, signal, prediction, patienceMs: PATIENCE_MS });
    const form = figure.find('form', HTMLFormElement);
    form.addEventListener('input', ({ target }) => this.#follow(target), { signal });
    const submit = (event: Event): void => {
      event.preventDefault();
      void this.#run();
    };
    form.addEventListener('submit', submit, { signal });
    for (const show of figure.findAll('show', HTMLButtonElement)) {
      show.addEventListener('click', () => this.#showRecorded(), { signal });
    }
  }

  #showRecorded(): void {
    this.#experiment.showRecorded();
    this.#panel('ran', this.#variant).focus();
  }

  get #variant(): DemoVariant {
    const { variants } = this.#setup;
    const chosen = this.#languages.find(({ checked }) => checked)?.value;
    const found = variants.find(({ language }) => language === chosen) ?? variants[0];
    if (found) return found;
    const { id } = this.#figure;
    throw new Error(`<live-demo id="${id}"> expected at least one function in its set-up.`);
  }

  get #fields(): RequestFields {
    const [path] = this.#figure.findAll('path', HTMLInputElement);
    const [body] = this.#figure.findAll('body', HTMLTextAreaElement);
    const query = this.#figure.findAll('query', HTMLInputElement);
    return {
      path: path?.value ?? this.#variant.path,
      query: Object.fromEntries(query.map(({ name, value }) => [name, value])),
      body: body?.value ?? null,
    };
  }

  /** Shows what a change of the form means. */
  #follow(changed: EventTarget | null): void {
    const languages: readonly EventTarget[] = this.#languages;
    if (changed && languages.includes(changed)) {
      // Another language is another function, at another path.
      for (const path of this.#figure.findAll('path', HTMLInputElement)) {
        path.value = this.#variant.path;
      }
      this.#showStanding();
    }
    const { path, query } = this.#fields;
    this.#figure.find('address', HTMLElement).textContent = addressOf(path, query);
  }

  #run(): Promise<void> {
    const { observe, folds } = this.#setup;
    const variant = this.#variant;
    const plan = demoPlan(this.#setup, variant, this.#fields);
    const guesses = this.#guesses.map(({ value }) => value);
    const figure = this.#figure.id;
    return this.#experiment.start<DemoResult>({
      run: async (signal, onProgress) => {
        const { runDemo } = await loadScript(() => import('./run.ts'));
        const trial = { plan, variant, observe, guesses, folds };
        return runDemo(trial, { figure, signal, onProgress });
      },
      show: (result) => this.#show(result, variant),
      say: (text, isFault = false) => this.#stand(variant, { ...NOTHING, text, isFault }),
    });
  }

  #show({ runs, ran, cost, provenance, code, said, observed }: DemoResult, of: DemoVariant): void {
    this.#panel('ran', of).innerHTML = ran;
    this.#panel('cost', of).innerHTML = cost;
    this.#panel('provenance', of).textContent = provenance;
    if (code !== null) announceAnswer(of.function, code);
    announceFinish(this.#figure.id, { runs, memoryMb: of.memoryMb });
    if (observed !== null && this.#guess?.mayAsk === true) {
      void this.#askWhatWasSeen(this.#guess, observed);
    }
    this.#stand(of, { text: said, isFault: false, observed });
  }

  async #askWhatWasSeen(
    guess: FirstGuess,
    observed: NonNullable<DemoResult['observed']>,
  ): Promise<void> {
    const comparison = this.#figure.find('comparison', HTMLElement);
    await guess.ask(comparison, observed);
    this.#showStanding();
    comparison.tabIndex = -1;
    comparison.focus();
  }

  /** Each language has its own receipt. */
  #panel(name: string, { language }: DemoVariant): HTMLElement {
    const panels = this.#figure.findAll(name, HTMLElement);
    return (
      panels.find((panel) => panel.dataset['language'] === language) ??
      this.#figure.find(name, HTMLElement)
    );
  }

  #stand(variant: DemoVariant, standing: Standing): void {
    this.#standings.set(variant, standing);
    if (variant === this.#variant) this.#showStanding();
  }

  /** Puts what the chosen language's last run left beside its receipt, the prediction too. */
  #showStanding(): void {
    const { text, isFault, observed } = this.#standings.get(this.#variant) ?? NOTHING;
    this.#experiment.say(text, isFault);
    if (this.#guesses.length === 0) return;
    const part = (name: string): HTMLElement => this.#figure.find(name, HTMLElement);
    const isShown = observed !== null && this.#guess?.isAsking !== true;
    part('comparison').hidden = !isShown;
    part('predicted').textContent = guessIn(this.#guesses) || 'nothing';
    part('observed').textContent = observed?.text ?? '';
    markGuesses(this.#guesses, isShown ? observed.right : []);
  }
}

/**
 * Marks each option as what it turned out to be: `right`, `wrong`, `missed`, or nothing.
 * @param right what of the options was observed; where none was, there is nothing to judge
 */
function markGuesses(guesses: readonly HTMLInputElement[], right: readonly string[]): void {
  for (const { type, value, checked, labels } of guesses) {
    if (type !== 'radio' || value === UNKNOWN) continue;
    const isRight = right.includes(value);
    const verdict = isRight ? (checked ? 'right' : 'missed') : checked ? 'wrong' : undefined;
    for (const label of labels ?? []) {
      if (right.length === 0 || verdict === undefined) delete label.dataset['verdict'];
      else label.dataset['verdict'] = verdict;
    }
  }
}
