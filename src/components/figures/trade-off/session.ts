/** The life of the figure: two dials, a goal, and a picture that follows them. */

import { Attempts, type AttemptParts } from '#src/simulation/attempt.ts';
import { simulateBeside } from '#src/simulation/beside.ts';
import { formState, linkedState, linkForm } from '../../form-link.ts';
import { mistakeIn } from '../../typed-number.ts';
import { shown, TradeOffs } from './conduct.ts';
import { atOnceText, dialsOf, keepText } from './dials.ts';

export interface TradeOffParts extends AttemptParts {
  readonly figure: HTMLElement;
  readonly form: HTMLFormElement;
  readonly link: HTMLAnchorElement;
  readonly kept: HTMLOutputElement;
  readonly atOnce: HTMLOutputElement;
  /** Their sliders. */
  readonly keptDial: HTMLInputElement;
  readonly atOnceDial: HTMLInputElement;
  readonly drawing: HTMLElement;
  readonly table: HTMLElement;
  readonly verdict: HTMLElement;
}

export class Session {
  readonly #parts: TradeOffParts;
  readonly #attempts: Attempts;
  readonly #tradeOffs = new TradeOffs();

  constructor(parts: TradeOffParts, signal: AbortSignal) {
    const { figure, form, link } = parts;
    this.#parts = parts;
    this.#attempts = new Attempts(parts, signal);
    linkForm({ form, id: figure.id, link, onChange: () => void this.#follow(), signal });
    if (linkedState(figure.id) !== null) void this.#follow();
  }

  async #follow(): Promise<void> {
    const { form, drawing, table, verdict } = this.#parts;
    const state = formState(form);
    const dials = dialsOf(state);
    this.#name(keepText(dials.keep), atOnceText(dials.concurrency));
    const mistake = mistakeIn(form);
    if (mistake !== null) {
      this.#attempts.say(mistake, true);
      return;
    }
    const curves = await this.#attempts.make((signal, onProgress) =>
      this.#tradeOffs.curves(dials, (jobs) => simulateBeside(jobs, { signal, onProgress })),
    );
    if (curves === null) return;
    const now = shown(curves);
    drawing.innerHTML = now.drawing;
    table.innerHTML = now.table;
    verdict.textContent = now.verdict;
    verdict.toggleAttribute('data-met', now.isMet);
    this.#attempts.say('');
  }

  /** Where the dials stand, for who sees and for who hears. */
  #name(keep: string, calls: string): void {
    const { kept, keptDial, atOnce, atOnceDial } = this.#parts;
    kept.value = keep;
    atOnce.value = calls;
    keptDial.setAttribute('aria-valuetext', keep);
    atOnceDial.setAttribute('aria-valuetext', calls);
  }
}
