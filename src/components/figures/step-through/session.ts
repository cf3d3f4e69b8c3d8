/** What happens in the figure: one step at a time, forwards and back. */

import type { CourseElement } from '../../element.ts';

/** By key, how many steps further. */
const KEYS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  Home: -Infinity,
  End: Infinity,
};

export class StepSession {
  readonly #figure: CourseElement;
  readonly #steps: readonly string[];
  /** From 1; 0 before the first step, when the whole picture is seen. */
  #at = 0;

  /** @param figure has `data-steps`, a list of sentences, or its table says them @param signal ends all of it */
  constructor(figure: CourseElement, signal: AbortSignal) {
    this.#figure = figure;
    const { steps } = figure.dataset;
    this.#steps = steps === undefined ? lastCells(figure) : (JSON.parse(steps) as string[]);
    const on = (part: string, by: number): void =>
      figure.find(part, HTMLButtonElement).addEventListener('click', () => this.#move(by), {
        signal,
      });
    on('back', -1);
    on('next', 1);
    const onKey = (event: KeyboardEvent): void => {
      const by = KEYS[event.key];
      if (by === undefined) return;
      event.preventDefault();
      this.#move(by);
    };
    figure.find('controls', HTMLElement).addEventListener('keydown', onKey, { signal });
    this.#show();
  }

  #move(by: number): void {
    this.#at = Math.min(this.#steps.length, Math.max(0, this.#at + by));
    this.#show();
  }

  #show(): void {
    const figure = this.#figure;
    const at = this.#at;
    figure.toggleAttribute('data-at', at > 0);
    for (const part of figure.querySelectorAll<HTMLElement>('[data-step]')) {
      const isOf = part.dataset['step']?.split(' ').includes(String(at)) === true;
      if (isOf) part.setAttribute('aria-current', 'step');
      else part.removeAttribute('aria-current');
    }
    const count = this.#steps.length;
    figure.find('place', HTMLElement).textContent = at === 0 ? '' : `${at} of ${count}`;
    figure.find('said', HTMLElement).textContent = this.#steps[at - 1] ?? '';
    // `disabled` would take the focus away from whoever pressed it.
    figure.find('back', HTMLButtonElement).ariaDisabled = at === 0 ? 'true' : null;
    figure.find('next', HTMLButtonElement).ariaDisabled = at === count ? 'true' : null;
  }
}

/** A page has a budget: what the table says is not written twice. */
function lastCells(figure: CourseElement): string[] {
  const rows = figure.find('table', HTMLElement).querySelectorAll('tbody tr');
  return Array.from(rows, (row) => row.lastElementChild?.textContent ?? '');
}
