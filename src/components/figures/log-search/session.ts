/** What happens in the figure: lines are hidden that lack what is looked for, and the others counted. */

import { counted } from '#src/format/number.ts';
import type { CourseElement } from '../../element.ts';
import { callsOf } from './setup.ts';

/** A line of the page, with what can be looked for in it. */
interface ShownLine {
  readonly line: HTMLLIElement;
  readonly call: string;
  readonly text: string;
}

export class SearchSession {
  readonly #figure: CourseElement;
  readonly #lines: readonly ShownLine[];
  readonly #ids: HTMLInputElement;
  readonly #wanted: HTMLInputElement;
  readonly #call: HTMLSelectElement;

  /** @param signal ends all of it */
  constructor(figure: CourseElement, signal: AbortSignal) {
    this.#figure = figure;
    const log = figure.find('log', HTMLOListElement);
    this.#lines = [...log.querySelectorAll('li')].map((line) => ({
      line,
      call: line.querySelector('b')?.textContent ?? '',
      text: line.querySelector('i')?.textContent ?? '',
    }));
    this.#ids = figure.find('ids', HTMLInputElement);
    this.#wanted = figure.find('wanted', HTMLInputElement);
    this.#call = figure.find('call', HTMLSelectElement);
    for (const { call, texts } of callsOf(this.#lines)) {
      this.#call.add(new Option(`${call}: ${counted(texts.length, 'line')}`, call));
    }
    const on = (target: HTMLElement, type: string, heard: (event: Event) => void): void =>
      target.addEventListener(type, heard, { signal });
    // An id that is not shown cannot be looked for.
    on(this.#ids, 'change', () => (this.#call.value === '' ? this.#show() : this.#follow('')));
    on(this.#wanted, 'input', () => this.#show());
    on(this.#call, 'change', () => this.#follow(this.#call.value));
    on(log, 'click', ({ target }) => {
      const id = target instanceof Element ? target.closest('b') : null;
      if (id) this.#follow(id.textContent);
    });
    this.#show();
  }

  /** Looks for one call; for everything again when `call` is empty. */
  #follow(call: string): void {
    this.#wanted.value = call;
    this.#show();
  }

  #show(): void {
    const withIds = this.#ids.checked;
    this.#figure.toggleAttribute('data-ids', withIds);
    this.#call.disabled = !withIds;
    const wanted = this.#wanted.value.trim().toLowerCase();
    this.#call.value = wanted;
    if (this.#call.selectedIndex === -1) this.#call.value = '';
    let found = 0;
    for (const { line, call, text } of this.#lines) {
      // What is not shown cannot be looked for.
      line.hidden = !(withIds ? `${call} ${text}` : text).toLowerCase().includes(wanted);
      if (!line.hidden) found += 1;
    }
    this.#figure.find('found', HTMLElement).textContent =
      `${String(found)} of ${counted(this.#lines.length, 'line')}`;
  }
}
