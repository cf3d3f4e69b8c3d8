/**
 * What stands around every simulation on a page: only the newest attempt counts, one that takes long
 * shows how far it is and can be cancelled, and one that cannot be made says why.
 */

/** Progress is shown after this long, in ms: a page that only twitches tells nothing. */
const PATIENCE_MS = 500;

export interface AttemptParts {
  /** Holds the bar and the button; hidden while there is nothing to wait for. */
  readonly progress: HTMLElement;
  readonly bar: HTMLProgressElement;
  readonly cancel: HTMLButtonElement;
  /** `role="status"`. */
  readonly status: HTMLElement;
}

export type Attempt<T> = (signal: AbortSignal, onProgress: (share: number) => void) => Promise<T>;

export class Attempts {
  readonly #parts: AttemptParts;
  readonly #life: AbortSignal;
  #current: AbortController | null = null;

  /** @param life of the element: its end cancels what runs */
  constructor(parts: AttemptParts, life: AbortSignal) {
    this.#parts = parts;
    this.#life = life;
    const cancel = (): void => {
      this.#current?.abort();
      this.say('Cancelled. What stands here is from before.');
    };
    parts.cancel.addEventListener('click', cancel, { signal: life });
  }

  get isBusy(): boolean {
    return this.#current !== null;
  }

  /** Null when it was cancelled, failed, or another came after it. */
  async make<T>(attempt: Attempt<T>): Promise<T | null> {
    this.#current?.abort();
    const current = new AbortController();
    this.#current = current;
    const signal = AbortSignal.any([current.signal, this.#life]);
    const { progress, bar } = this.#parts;
    const patience = setTimeout(() => (progress.hidden = false), PATIENCE_MS);
    try {
      const made = await attempt(signal, (share) => (bar.value = share));
      return signal.aborted ? null : made;
    } catch (error) {
      if (!signal.aborted) this.say((error as Error).message, true);
      return null;
    } finally {
      clearTimeout(patience);
      if (this.#current === current) {
        this.#current = null;
        progress.hidden = true;
        bar.value = 0;
      }
    }
  }

  /** @param isFault it is what went wrong */
  say(text: string, isFault = false): void {
    const { status } = this.#parts;
    status.textContent = text;
    if (isFault) status.dataset['state'] = 'fault';
    else delete status.dataset['state'];
  }
}
