/** What happens in the figure: an attack is priced and drawn, and its bill runs when it is let. */

import { counted } from '#src/format/number.ts';
import type { CourseElement } from '../../element.ts';
import { formState, linkForm } from '../../form-link.ts';
import { mistakeIn } from '../../typed-number.ts';
import { DrawnParts } from '../drawn-parts.ts';
import { walletSummary } from './draw.ts';
import { WALLET_FRAME } from './frame.ts';
import { walletOf, WALLET_DIALS } from './setup.ts';
import { walletOutcome, type WalletOutcome } from './wallet-outcome.ts';

/** An hour of the attack passes in so many ms. */
const PACE_MS = 120;
/** For those who want no motion: fewer pictures, each of more hours. */
const CALM = { paceMs: 600, hours: 6 } as const;

export class WalletSession {
  readonly #figure: CourseElement;
  readonly #form: HTMLFormElement;
  readonly #hours: HTMLInputElement;
  readonly #run: HTMLButtonElement;
  readonly #parts: DrawnParts<WalletOutcome>;
  readonly #signal: AbortSignal;
  #running: number | undefined;

  /** Takes the state of the address, and follows the form. @param signal ends all of it */
  constructor(figure: CourseElement, signal: AbortSignal) {
    [this.#figure, this.#signal] = [figure, signal];
    this.#form = figure.find('form', HTMLFormElement);
    this.#hours = figure.find('hours', HTMLInputElement);
    this.#run = figure.find('run', HTMLButtonElement);
    this.#parts = new DrawnParts(figure, WALLET_FRAME, signal);
    const link = figure.find('link', HTMLAnchorElement);
    linkForm({ id: figure.id, form: this.#form, link, onChange: () => this.#follow(), signal });
    this.#form.addEventListener('change', () => this.#say(), { signal });
    this.#hours.addEventListener('input', () => this.#stop(), { signal });
    this.#run.addEventListener('click', () => this.#toggle(), { signal });
    signal.addEventListener('abort', () => clearInterval(this.#running));
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
      this.#stop();
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

  /** The bill runs from the beginning to the end of the axis; a second press stops it. */
  #toggle(): void {
    if (this.#running !== undefined) {
      this.#stop();
      this.#say();
      return;
    }
    this.#hours.value = '0';
    if (this.#follow() === null) return;
    this.#run.textContent = 'Stop it';
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const step = calm ? CALM.hours : 1;
    this.#running = window.setInterval(() => this.#pass(step), calm ? CALM.paceMs : PACE_MS);
  }

  #pass(hours: number): void {
    if (this.#signal.aborted) return;
    const { most } = WALLET_DIALS.hours;
    const next = Math.min(most, Number(this.#hours.value) + hours);
    this.#hours.value = String(next);
    if (next === most) {
      this.#stop();
      this.#say();
    } else this.#follow();
  }

  #stop(): void {
    clearInterval(this.#running);
    this.#running = undefined;
    this.#run.textContent = 'Let it run';
  }
}
