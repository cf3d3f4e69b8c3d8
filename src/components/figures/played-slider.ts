/** A slider that a button plays from its beginning to its end, and stops at the second press. */

/** What a played slider is made of. */
export interface PlayedSliderOptions {
  readonly slider: HTMLInputElement;
  readonly button: HTMLButtonElement;
  /** What the button says while it would start, and while it would stop. */
  readonly words: { readonly start: string; readonly stop: string };
  /** Steps of the slider in one picture, and the ms that it stays. */
  readonly pace: { readonly steps: number; readonly ms: number };
  /** The same for those who want no motion: fewer pictures. */
  readonly calm: { readonly steps: number; readonly ms: number };
  /** Shows where the slider stands. False where there is nothing to be played. */
  readonly draw: () => boolean;
  /** Called when it has come to its end, or was stopped by the button. */
  readonly onEnd: () => void;
  /** Ends it. */
  readonly signal: AbortSignal;
}

export class PlayedSlider {
  readonly #options: PlayedSliderOptions;
  #running: number | undefined;

  constructor(options: PlayedSliderOptions) {
    this.#options = options;
    const { button, signal } = options;
    button.addEventListener('click', () => this.#toggle(), { signal });
    signal.addEventListener('abort', () => clearInterval(this.#running));
  }

  /** Stops where it stands, and says nothing. */
  stop(): void {
    clearInterval(this.#running);
    this.#running = undefined;
    this.#options.button.textContent = this.#options.words.start;
  }

  #toggle(): void {
    const { slider, button, words, pace, calm, draw, onEnd } = this.#options;
    if (this.#running !== undefined) {
      this.stop();
      onEnd();
      return;
    }
    slider.value = slider.min;
    if (!draw()) return;
    button.textContent = words.stop;
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const { steps, ms } = isCalm ? calm : pace;
    this.#running = window.setInterval(() => this.#pass(steps), ms);
  }

  #pass(steps: number): void {
    const { slider, draw, onEnd, signal } = this.#options;
    if (signal.aborted) return;
    const most = Number(slider.max);
    const next = Math.min(most, Number(slider.value) + steps);
    slider.value = String(next);
    if (next === most) {
      this.stop();
      onEnd();
    } else draw();
  }
}
