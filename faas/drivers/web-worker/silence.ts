/**
 * Notices that an instance's thread has stopped answering: an endless loop answers no message. Only
 * the ticks that the page itself gets are counted, so that a machine which is too busy for both does
 * not blame the function.
 */

/** Time between two questions, in ms. */
const TICK_MS = 50;

/** Asks "are you there?" while it runs, and says when no answer has come for long. */
export class SilenceWatch {
  readonly #limitMs: number;
  readonly #ask: () => void;
  readonly #onSilent: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #silentMs = 0;

  /**
   * @param limitMs > 0; reached when so many ticks went by without an answer
   * @param ask sends a question, to which the instance's thread answers at once when it is free
   * @param onSilent called once
   */
  constructor(limitMs: number, ask: () => void, onSilent: () => void) {
    this.#limitMs = limitMs;
    this.#ask = ask;
    this.#onSilent = onSilent;
  }

  start(): void {
    if (this.#timer !== undefined) return;
    this.#silentMs = 0;
    this.#ask();
    this.#timer = setInterval(() => {
      this.#silentMs += TICK_MS;
      if (this.#silentMs > this.#limitMs) {
        this.stop();
        this.#onSilent();
      } else this.#ask();
    }, TICK_MS);
  }

  /** An answer came from the thread. */
  heard(): void {
    this.#silentMs = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
