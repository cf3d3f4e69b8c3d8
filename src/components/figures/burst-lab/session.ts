/** The life of the figure: set up, predict, run, and compare with the model. */

import { announceRun } from '#src/demo/places/announce.ts';
import { formState, linkForm } from '../../form-link.ts';
import { script } from '../../script.ts';
import type { Prediction } from './comparison.ts';
import { burstOf, wayOf } from './setup.ts';
import type { Shown } from './shown.ts';

export interface BurstParts {
  readonly figure: HTMLElement;
  readonly form: HTMLFormElement;
  readonly link: HTMLAnchorElement;
  /** How many instances the reader expects. */
  readonly instances: HTMLInputElement;
  readonly run: HTMLButtonElement;
  readonly cancel: HTMLButtonElement;
  readonly progress: HTMLElement;
  readonly bar: HTMLProgressElement;
  readonly progressText: HTMLElement;
  readonly status: HTMLElement;
  readonly table: HTMLElement;
  readonly overlay: HTMLElement;
  readonly error: HTMLElement;
  readonly provenance: HTMLElement;
}

export class Session {
  readonly #parts: BurstParts;
  #running: AbortController | null = null;
  /** The reader has been asked for a prediction, and pressed Run again without one. */
  #urged = false;

  constructor(parts: BurstParts, signal: AbortSignal) {
    this.#parts = parts;
    const { figure, form, link, cancel } = parts;
    linkForm({ form, id: figure.id, link, onChange: () => undefined, signal });
    const submit = (): void => {
      if (!this.#running && this.#mayRun()) void this.#run();
    };
    form.addEventListener('submit', submit, { signal });
    cancel.addEventListener('click', () => this.#running?.abort(), { signal });
    signal.addEventListener('abort', () => this.#running?.abort());
  }

  get #prediction(): Prediction {
    const { form, instances } = this.#parts;
    const number = instances.value === '' ? null : Number(instances.value);
    return { instances: number, slow: formState(form).get('slow') };
  }

  /** A prediction is asked for once; who presses Run again does without. */
  #mayRun(): boolean {
    const { instances, slow } = this.#prediction;
    if (this.#urged || (instances !== null && slow !== null)) return true;
    this.#urged = true;
    this.#say('Say first how many instances, and which calls. Or press Run again, and do without.');
    if (instances === null) this.#parts.instances.focus();
    return false;
  }

  async #run(): Promise<void> {
    const running = new AbortController();
    this.#running = running;
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
      this.#busy(false);
    }
  }

  #show(shown: Shown & { readonly provenance: string }): void {
    const { table, overlay, error, provenance } = this.#parts;
    table.innerHTML = shown.table;
    overlay.innerHTML = shown.overlay;
    error.textContent = shown.error;
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
