/** The parts of a figure that show one state, each drawn when it can be seen. */

import type { CourseElement } from '../element.ts';
import type { Markup } from '../markup.ts';

/** What is drawn into the element with `data-part` of the same name. */
export type Frame<State> = Readonly<Record<string, (state: State) => Markup>>;

export class DrawnParts<State> {
  readonly #figure: CourseElement;
  readonly #frame: Frame<State>;
  /** Parts that show another state than the present one. */
  readonly #stale = new Set<string>();
  #state: { readonly now: State } | null = null;

  /** @param signal ends all of it */
  constructor(figure: CourseElement, frame: Frame<State>, signal: AbortSignal) {
    [this.#figure, this.#frame] = [figure, frame];
    for (const part of Object.keys(frame)) {
      const fold = figure.find(part, HTMLElement).closest('details');
      fold?.addEventListener('toggle', () => this.#drawStale(), { signal });
    }
  }

  /** What is folded away is drawn when it is opened. */
  draw(state: State): void {
    this.#state = { now: state };
    for (const part of Object.keys(this.#frame)) this.#stale.add(part);
    this.#drawStale();
  }

  #drawStale(): void {
    if (this.#state === null) return;
    for (const part of this.#stale) {
      const place = this.#figure.find(part, HTMLElement);
      if (place.closest('details:not([open])')) continue;
      this.#stale.delete(part);
      place.innerHTML = String(this.#frame[part]?.(this.#state.now) ?? '');
    }
  }
}
