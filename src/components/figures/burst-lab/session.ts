/** The life of the figure: set up, predict, run, and compare with the model. */

import { announceRun } from '#src/demo/places/announce.ts';
import { formState, linkForm } from '../../form-link.ts';
import type { Question } from '../../question.ts';
import { script } from '../../script.ts';
import { mistakeIn, numberIn } from '../../typed-number.ts';
import type { Prediction } from './comparison.ts';
import { burstOf, wayOf } from './setup.ts';
import type { Shown } from './shown.ts';

export interface BurstParts {
  readonly question: Question;
  readonly figure: HTMLElement;
  readonly form: HTMLFormElement;
  readonly link: HTMLAnchorElement;
  /** How many instances the reader expects. */
  readonly instances: HTMLInputElement;
  readonly run: HTMLButtonElement;
  readonly cancel: HTMLButtonElement;
  /** Opens the recorded burst without a run. */
  readonly show: HTMLButtonElement;
  /** What was seen and what the model says. */
  readonly seen: HTMLElement;
  readonly progress: HTMLElement;
  readonly bar: HTMLProgressElement;
  readonly progressText: HTMLElement;
  readonly status: HTMLElement;
  readonly table: HTMLElement;
  readonly overlay: HTMLElement;
  readonly error: HTMLElement;
  readonly took: HTMLElement;
  readonly provenance: HTMLElement;
}

export class Session {
  readonly #parts: BurstParts;
  readonly #question: Question;
  #running: AbortController | null = null;
  /** The reader has been asked for a prediction, and pressed Run again without one. */
  #urged = false;

  constructor(parts: BurstParts, signal: AbortSignal) {
    this.#parts = parts;
    const { figure, form, link, cancel, show, seen } = parts;
    this.#question = parts.question;
    linkForm({ form, id: figure.id, link, onChange: () => undefined, signal });
    const submit = (): void => {
      if (!this.#running && this.#mayRun()) void this.#run();
    };
    form.addEventListener('submit', submit, { signal });
    const showRecorded = (): void => {
      this.#commit();
      this.#question.open();
      seen.focus();
    };
    show.addEventListener('click', showRecorded, { signal });
    cancel.addEventListener('click', () => this.#running?.abort(), { signal });
    signal.addEventListener('abort', () => this.#running?.abort());
  }

  /** From here on the reader has predicted, or declined to. */
  #commit(): void {
    const { instances, slow } = this.#prediction;
    this.#question.keep([instances, slow].filter((said) => said !== null).join(', '));
  }

  get #prediction(): Prediction {
    const { form, instances } = this.#parts;
    return { instances: numberIn(instances), slow: formState(form).get('slow') };
  }

  /** A prediction is asked for once; a second press runs without one. */
  #mayRun(): boolean {
    const mistake = mistakeIn(this.#parts.form);
    if (mistake !== null) {
      this.#say(mistake, true);
      return false;
    }
    const { instances, slow } = this.#prediction;
    const isSaid = instances !== null && slow !== null;
    if (this.#urged || isSaid || this.#question.isOpen) return true;
    this.#urged = true;
    this.#say('Say first how many instances, and which calls, or press Run again.');
    if (instances === null) this.#parts.instances.focus();
    return false;
  }

  async #run(): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    this.#commit();
    this.#busy(true);
    this.#say('');
    const { figure, form, bar, progressText } = this.#parts;
    const path = figure.dataset['function'] ?? '';
    try {
      const { conduct } = await script(() => import('./conduct.ts'));
      const state = formState(form);
      const shown = await conduct(path, burstOf(state), wayOf(state), this.#prediction, {
        signal: running.signal,
        onProgress: (text, share) => {
          progressText.textContent = text;
          bar.value = share;
        },
        onStart: (place, since) => announceRun(figure.id, { place, function: path, since }),
      });
      this.#show(shown);
    } catch (error) {
      this.#say(running.signal.aborted ? 'Cancelled.' : (error as Error).message, true);
    } finally {
      this.#running = null;
      this.#question.open();
      this.#busy(false);
    }
  }

  #show(shown: Shown & { readonly provenance: string }): void {
    const { table, overlay, error, took, provenance } = this.#parts;
    table.innerHTML = shown.table;
    overlay.innerHTML = shown.overlay;
    error.textContent = shown.error;
    took.innerHTML = shown.took;
    provenance.textContent = shown.provenance;
    this.#say('Done. What was seen stands beside what you said, and what the model says.');
  }

  #busy(busy: boolean): void {
    const { figure, run, cancel, progress } = this.#parts;
    if (!busy && document.activeElement === cancel) run.focus();
    run.ariaDisabled = busy ? 'true' : null;
    figure.toggleAttribute('data-running', busy);
    cancel.hidden = !busy;
    progress.hidden = !busy;
  }

  #say(text: string, isFault = false): void {
    const { status } = this.#parts;
    if (isFault) status.dataset['state'] = 'fault';
    else delete status.dataset['state'];
    status.textContent = text;
  }
}
