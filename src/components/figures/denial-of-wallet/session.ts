/** What happens in the figure: an attack is priced and drawn, and its bill runs when it is let. */

import { counted } from '#src/format/number.ts';
import type { CourseElement } from '../../element.ts';
import { formState, linkForm } from '../../form-link.ts';
import { mistakeIn } from '../../typed-number.ts';
import { DrawnParts } from '../drawn-parts.ts';
import { walletSummary } from './draw.ts';
import { PlayedSlider } from '../played-slider.ts';
import { WALLET_FRAME } from './frame.ts';
import { walletOf } from './setup.ts';
import { walletOutcome, type WalletOutcome } from './wallet-outcome.ts';

/** A step of the slider is an hour of the attack. */
const PACE = { steps: 1, ms: 120 } as const;
/** For those who want no motion: fewer pictures, each of more hours. */
const CALM = { steps: 6, ms: 600 } as const;

export class WalletSession {
  readonly #figure: CourseElement;
  readonly #form: HTMLFormElement;
  readonly #hours: HTMLInputElement;
  readonly #parts: DrawnParts<WalletOutcome>;
  readonly #played: PlayedSlider;

  /** Takes the state of the address, and follows the form. @param signal ends all of it */
  constructor(figure: CourseElement, signal: AbortSignal) {
    this.#figure = figure;
    this.#form = figure.find('form', HTMLFormElement);
    this.#hours = figure.find('hours', HTMLInputElement);
    this.#parts = new DrawnParts(figure, WALLET_FRAME, signal);
    this.#played = new PlayedSlider({
      slider: this.#hours,
      button: figure.find('run', HTMLButtonElement),
      words: { start: 'Let it run', stop: 'Stop it' },
      pace: PACE,
      calm: CALM,
      draw: () => this.#follow() !== null,
      onEnd: () => this.#say(),
      signal,
    });
    const link = figure.find('link', HTMLAnchorElement);
    linkForm({ id: figure.id, form: this.#form, link, onChange: () => this.#follow(), signal });
    this.#form.addEventListener('change', () => this.#say(), { signal });
    this.#hours.addEventListener('input', () => this.#played.stop(), { signal });
    this.#follow();
  }

  #part(name: string): HTMLElement {
    return this.#figure.find(name, HTMLElement);
  }

  /** Draws what the form says. What cannot be read is said, and the picture stays as it was. */
  #follow(): WalletOutcome | null {
    const wrong = mistakeIn(this.#form);
    this.#part('mistake').textContent = wrong ?? '';
    if (wrong !== null) {
      this.#played.stop();
      return null;
    }
    const outcome = walletOutcome(walletOf(formState(this.#form)));
    const { hours } = outcome.setup;
    this.#hours.setAttribute('aria-valuetext', counted(hours, 'hour'));
    this.#part('hours-said').textContent = counted(hours, 'hour');
    this.#parts.draw(outcome);
    return outcome;
  }

  #say(): void {
    const outcome = this.#follow();
    this.#part('status').textContent = outcome === null ? '' : walletSummary(outcome);
  }
}
