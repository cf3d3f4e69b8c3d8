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

/** What a run left beside the receipt of its language. */
interface Standing {
  readonly text: string;
  readonly isFault: boolean;
  /** Null when nothing was to be predicted. */
  readonly observed: string | null;
}

const NOTHING: Standing = { text: '', isFault: false, observed: null };

export class LiveDemo extends CourseElement {
  #setup!: Setup;
  /** Null when the demo asks nothing. */
  #question: Question | null = null;
  /** Of each language that was run: another language has its own receipt, and its own words. */
  readonly #standings = new Map<Variant, Standing>();
  #running: AbortController | null = null;
  #patience: number | undefined;
  /** The reader has been asked for a prediction, and pressed Run again without one. */
  #urged = false;

  protected override connected(): void {
    this.#setup = JSON.parse(this.dataset['setup'] ?? '') as Setup;
    const { signal } = this;
    const form = this.find('form', HTMLFormElement);
    form.addEventListener('input', ({ target }) => this.#showChange(target), { signal });
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

  #showChange(changed: EventTarget | null): void {
    const languages: EventTarget[] = this.findAll('language', HTMLInputElement);
    if (changed && languages.includes(changed)) {
      // Another language is another function, at another path.
      for (const path of this.findAll('path', HTMLInputElement)) path.value = this.#variant.path;
      void this.#showStanding();
    }
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
    const [variant, asked] = [this.#variant, this.#asked];
    await this.#stand(variant, NOTHING);
    try {
      const { conduct } = await script(() => import('./conduct.ts'));
      const outcome = await conduct(this.#setup, variant, planOf(this.#setup, variant, asked), {
        signal: running.signal,
        onProgress: (text, finished) => this.#progress(text, finished),
        onStart: (place, since) =>
          announceRun(this.id, { place, function: variant.function, since }),
      });
      this.#show(outcome, variant);
      const { said: text, observed } = outcome;
      await this.#stand(variant, { text, isFault: false, observed });
    } catch (error) {
      const text = running.signal.aborted ? 'Cancelled.' : (error as Error).message;
      await this.#stand(variant, { ...NOTHING, text, isFault: true });
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

  #show({ runs, ran, cost, provenance, code }: Outcome, variant: Variant): void {
    this.#panel('ran', variant).innerHTML = ran;
    this.#panel('cost', variant).innerHTML = cost;
    this.#panel('provenance', variant).textContent = provenance;
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

  async #stand(variant: Variant, standing: Standing): Promise<void> {
    this.#standings.set(variant, standing);
    if (variant === this.#variant) await this.#showStanding();
  }

  /** Puts what the chosen language's last run left beside its receipt, the prediction too. */
  async #showStanding(): Promise<void> {
    const { text, isFault, observed } = this.#standings.get(this.#variant) ?? NOTHING;
    this.#say(text, isFault);
    const guesses = this.#guesses;
    if (guesses.length === 0) return;
    this.find('comparison', HTMLElement).hidden = observed === null;
    this.find('predicted', HTMLElement).textContent = this.#prediction ?? 'nothing';
    this.find('observed', HTMLElement).textContent = observed ?? '';
    if (observed === null) {
      for (const label of guesses.flatMap(({ labels }) => [...(labels ?? [])])) {
        delete label.dataset['verdict'];
      }
      return;
    }
    const { markGuesses } = await script(() => import('./comparison.ts'));
    markGuesses(guesses, observed);
  }

  #say(text: string, isFault = false): void {
    const status = this.find('status', HTMLElement);
    if (isFault) status.dataset['state'] = 'fault';
    else delete status.dataset['state'];
    status.textContent = text;
  }
}

customElements.define('live-demo', LiveDemo);
