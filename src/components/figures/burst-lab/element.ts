/** `<burst-lab>`: set up, predict, run, and compare with the model. The rest is loaded at the first run. */

import { announceRun } from '#src/places/announce.ts';
import { CourseElement } from '../../element.ts';
import { formState, linkForm } from '../../form-link.ts';
import type { Prediction } from './comparison.ts';
import { burstOf } from './setup.ts';

export class BurstLab extends CourseElement {
  #running: AbortController | null = null;
  /** The reader has been asked for a prediction, and pressed Run again without one. */
  #urged = false;

  protected override connected(): void {
    const { signal } = this;
    const form = this.find('form', HTMLFormElement);
    const link = this.find('link', HTMLAnchorElement);
    linkForm({ form, id: this.id, link, onChange: () => undefined, signal });
    form.addEventListener(
      'submit',
      () => {
        if (!this.#running && this.#mayRun()) void this.#run();
      },
      { signal },
    );
    this.find('cancel', HTMLButtonElement).addEventListener('click', () => this.#running?.abort(), {
      signal,
    });
    signal.addEventListener('abort', () => this.#running?.abort());
  }

  get #state(): URLSearchParams {
    return formState(this.find('form', HTMLFormElement));
  }

  get #prediction(): Prediction {
    const instances = this.find('instances', HTMLInputElement).value;
    return {
      instances: instances === '' ? null : Number(instances),
      slow: this.#state.get('slow'),
    };
  }

  /** A prediction is asked for once; who presses Run again does without. */
  #mayRun(): boolean {
    const { instances, slow } = this.#prediction;
    if (this.#urged || (instances !== null && slow !== null)) return true;
    this.#urged = true;
    this.#say('Say first how many instances, and which calls. Or press Run again, and do without.');
    if (instances === null) this.find('instances', HTMLInputElement).focus();
    return false;
  }

  async #run(): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    this.#busy(true);
    this.#say('');
    const path = this.dataset['function'] ?? '';
    try {
      const { conduct } = await import('./conduct.ts');
      const shown = await conduct(path, burstOf(this.#state), this.#prediction, {
        signal: running.signal,
        onProgress: (text, share) => this.#progress(text, share),
        onStart: (place, since) => announceRun(this.id, { place, function: path, since }),
      });
      for (const name of ['table', 'overlay'] as const) {
        this.find(name, HTMLElement).innerHTML = shown[name];
      }
      this.find('error', HTMLElement).textContent = shown.error;
      this.find('provenance', HTMLElement).textContent = shown.provenance;
      this.#say(`Done. ${shown.error}`);
    } catch (error) {
      this.#say(running.signal.aborted ? 'Cancelled.' : (error as Error).message, true);
    } finally {
      this.#running = null;
      this.#busy(false);
    }
  }

  #busy(busy: boolean): void {
    const run = this.find('run', HTMLButtonElement);
    const cancel = this.find('cancel', HTMLButtonElement);
    if (!busy && document.activeElement === cancel) run.focus();
    run.ariaDisabled = busy ? 'true' : null;
    this.toggleAttribute('data-running', busy);
    cancel.hidden = !busy;
    this.find('progress', HTMLElement).hidden = !busy;
  }

  #progress(text: string, share: number): void {
    this.find('progress-text', HTMLElement).textContent = text;
    this.find('bar', HTMLProgressElement).value = share;
  }

  #say(text: string, isFault = false): void {
    const status = this.find('status', HTMLElement);
    if (isFault) status.dataset['state'] = 'fault';
    else delete status.dataset['state'];
    status.textContent = text;
  }
}

customElements.define('burst-lab', BurstLab);
