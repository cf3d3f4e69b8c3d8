/** `<live-demo>`: ask, predict, run, compare. What it takes to run is loaded at the first run. */

import { addressOf } from '#src/demo/places/address.ts';
import { announceAnswer, announceFinish, announceRun } from '#src/demo/places/announce.ts';
import { CourseElement } from '../../element.ts';
import { Question } from '../../question.ts';
import { script } from '../../script.ts';
import type { Outcome } from './conduct.ts';
import { planOf, type Asked, type Setup, type Variant } from './setup.ts';

/** A run shorter than this, in ms, is not worth a word: the page would only twitch. */
const PATIENCE_MS = 200;

export class LiveDemo extends CourseElement {
  #setup!: Setup;
  /** Null when the demo asks nothing. */
  #question: Question | null = null;
  #running: AbortController | null = null;
  #patience: number | undefined;
  /** The reader has been asked for a prediction, and pressed Run again without one. */
  #urged = false;

  protected override connected(): void {
    this.#setup = JSON.parse(this.dataset['setup'] ?? '') as Setup;
    const { signal } = this;
    const form = this.find('form', HTMLFormElement);
    form.addEventListener('input', (event) => this.#showAddress(event.target), { signal });
    form.addEventListener(
      'submit',
      (event) => {
        event.preventDefault();
        if (!this.#running && this.#mayRun()) void this.#run();
      },
      { signal },
    );
    const cancel = this.find('cancel', HTMLButtonElement);
    cancel.addEventListener('click', () => this.#running?.abort(), { signal });
    signal.addEventListener('abort', () => this.#running?.abort());
    this.#question = this.#guesses.length === 0 ? null : new Question(this);
    for (const show of this.findAll('show', HTMLButtonElement)) {
      show.addEventListener('click', () => this.#showRecorded(), { signal });
    }
    this.#restore();
  }

  /** A prediction of an earlier visit stands there, and its answer with it. */
  #restore(): void {
    const said = this.#question?.said;
    if (said === undefined) return;
    for (const guess of this.#guesses) {
      if (guess.type === 'radio') guess.checked = guess.value === said;
      else guess.value = said;
    }
    this.#question?.open();
  }

  #showRecorded(): void {
    this.#commit();
    this.#question?.open();
    this.#panel('ran', this.#variant).focus();
  }

  /** From here on the reader has predicted, or declined to. */
  #commit(): void {
    this.#question?.keep(this.#prediction ?? '');
  }

  get #variant(): Variant {
    const { variants } = this.#setup;
    const chosen = this.findAll('language', HTMLInputElement).find(({ checked }) => checked)?.value;
    const found = variants.find(({ language }) => language === chosen) ?? variants[0];
    if (found) return found;
    throw new Error(`<live-demo id="${this.id}"> expected at least one function in its set-up.`);
  }

  get #asked(): Asked {
    const [path] = this.findAll('path', HTMLInputElement);
    const [body] = this.findAll('body', HTMLTextAreaElement);
    const query = this.findAll('query', HTMLInputElement).map(({ name, value }) => [name, value]);
    return {
      path: path?.value ?? this.#variant.path,
      query: Object.fromEntries(query) as Record<string, string>,
      body: body?.value ?? null,
    };
  }

  #showAddress(changed: EventTarget | null): void {
    const [field] = this.findAll('path', HTMLInputElement);
    // Another language is another function, at another path.
    const languages: EventTarget[] = this.findAll('language', HTMLInputElement);
    if (field && changed && languages.includes(changed)) field.value = this.#variant.path;
    const { path, query } = this.#asked;
    this.find('address', HTMLElement).textContent = addressOf(path, query);
  }

  /** A prediction is asked for once; a second press runs without one. */
  #mayRun(): boolean {
    if (this.#urged || this.#prediction !== null || (this.#question?.isOpen ?? true)) return true;
    this.#urged = true;
    this.#say('Say first what you think will happen, or press Run again.');
    this.#guesses[0]?.focus();
    return false;
  }

  get #guesses(): HTMLInputElement[] {
    return this.findAll('guess', HTMLInputElement);
  }

  get #prediction(): string | null {
    const given = this.#guesses.find(({ type, checked }) => type === 'text' || checked)?.value;
    return given?.trim() ? given.trim() : null;
  }

  async #run(): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    this.#commit();
    this.#busy(true);
    this.#say('');
    const [variant, asked] = [this.#variant, this.#asked];
    try {
      const { conduct } = await script(() => import('./conduct.ts'));
      const outcome = await conduct(this.#setup, variant, planOf(this.#setup, variant, asked), {
        signal: running.signal,
        onProgress: (text, finished) => this.#progress(text, finished),
        onStart: (place, since) =>
          announceRun(this.id, { place, function: variant.function, since }),
      });
      this.#show(outcome, variant);
      await this.#compare(outcome);
    } catch (error) {
      this.#trouble(running.signal.aborted ? 'Cancelled.' : (error as Error).message);
    } finally {
      this.#running = null;
      this.#question?.open();
      this.#busy(false);
    }
  }

  #busy(busy: boolean): void {
    const run = this.find('run', HTMLButtonElement);
    const cancel = this.find('cancel', HTMLButtonElement);
    run.ariaDisabled = busy ? 'true' : null;
    this.toggleAttribute('data-running', busy);
    clearTimeout(this.#patience);
    if (busy) {
      this.#patience = window.setTimeout(() => this.#revealProgress(true), PATIENCE_MS);
    } else {
      if (document.activeElement === cancel) run.focus();
      this.#revealProgress(false);
    }
  }

  #revealProgress(revealed: boolean): void {
    this.find('cancel', HTMLButtonElement).hidden = !revealed;
    this.find('progress', HTMLElement).hidden = !revealed;
  }

  #progress(text: string, finished: number): void {
    this.find('progress-text', HTMLElement).textContent = text;
    const [bar] = this.findAll('progress-bar', HTMLProgressElement);
    if (bar) bar.value = finished;
  }

  #show({ runs, ran, cost, said, provenance, code }: Outcome, variant: Variant): void {
    this.#panel('ran', variant).innerHTML = ran;
    this.#panel('cost', variant).innerHTML = cost;
    this.#panel('provenance', variant).textContent = provenance;
    this.#say(said);
    if (code !== null) announceAnswer(variant.function, code);
    announceFinish(this.id, { runs, memoryMb: variant.memoryMb });
  }

  /** Each language has its own receipt. */
  #panel(name: string, { language }: Variant): HTMLElement {
    const panels = this.findAll(name, HTMLElement);
    return (
      panels.find((panel) => panel.dataset['language'] === language) ?? this.find(name, HTMLElement)
    );
  }

  /** Lays the prediction beside what was observed. */
  async #compare({ observed }: Outcome): Promise<void> {
    const guesses = this.#guesses;
    if (observed === null || guesses.length === 0) return;
    const { markGuesses } = await script(() => import('./comparison.ts'));
    markGuesses(guesses, observed);
    this.find('predicted', HTMLElement).textContent = this.#prediction ?? 'nothing';
    this.find('observed', HTMLElement).textContent = observed;
    this.find('comparison', HTMLElement).hidden = false;
  }

  #trouble(text: string): void {
    this.#say(text);
    this.find('status', HTMLElement).dataset['state'] = 'fault';
  }

  #say(text: string): void {
    const status = this.find('status', HTMLElement);
    delete status.dataset['state'];
    status.textContent = text;
  }
}

customElements.define('live-demo', LiveDemo);
