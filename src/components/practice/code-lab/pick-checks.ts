/** A small test to write by choosing: which few checks catch every one of some wrong functions. */

import type { PickTask } from '#src/attempt/help.ts';
import { html } from '#src/components/markup.ts';

/** Where the choice is kept, and what tries it. */
export interface PickHands {
  /** The checks that were chosen before, as `onPick` had them. */
  readonly kept: string | undefined;
  onPick(names: string): void;
  /**
   * Runs the chosen checks against a wrong function.
   * @returns the name of the first check that fails; null when the function gets away
   */
  caughtBy(code: string, names: readonly string[]): Promise<string | null>;
}

/** No name of a check has a line break in it. */
const BETWEEN = '\n';

export class PickChecks {
  readonly #panel: HTMLElement;
  readonly #task: PickTask;
  readonly #hands: PickHands;

  /** @param signal ends it */
  constructor(panel: HTMLElement, task: PickTask, hands: PickHands, signal: AbortSignal) {
    this.#panel = panel;
    this.#task = task;
    this.#hands = hands;
    const kept = hands.kept?.split(BETWEEN) ?? [];
    panel.insertAdjacentHTML(
      'beforeend',
      String(
        html`<p class="label">A test of your own</p><fieldset class="choices"><legend>${task.question}</legend>${task.checks.map(
          (name) =>
            html`<label><input type="checkbox" value="${name}"><span>${name}</span></label>`,
        )}</fieldset>${task.functions.map(
          (code, index) =>
            html`<details class="disclosure"><summary>Wrong function ${index + 1}</summary><pre tabindex="0">${code.trimEnd()}</pre></details>`,
        )}<p class="controls"><button class="button" type="button">Try these checks</button></p><p role="status"></p><ul class="lab-caught"></ul>`,
      ),
    );
    for (const box of this.#boxes) box.checked = kept.includes(box.value);
    this.#limit();
    panel.addEventListener('change', () => this.#change(), { signal });
    panel.querySelector('button')?.addEventListener('click', () => void this.#try(), { signal });
  }

  #change(): void {
    this.#limit();
    this.#hands.onPick(this.#chosen.join(BETWEEN));
  }

  /** Not more than may be kept. */
  #limit(): void {
    const isFull = this.#chosen.length >= this.#task.most;
    for (const box of this.#boxes) box.disabled = isFull && !box.checked;
  }

  async #try(): Promise<void> {
    const names = this.#chosen;
    const { most, functions, why } = this.#task;
    if (names.length === 0) {
      this.#say(`Choose up to ${String(most)} checks first.`);
      return;
    }
    const list = this.#panel.querySelector('.lab-caught');
    list?.replaceChildren();
    this.#say('Each wrong function is checked …');
    let caught = 0;
    try {
      for (const [index, code] of functions.entries()) {
        const by = await this.#hands.caughtBy(code, names);
        if (by !== null) caught += 1;
        const came = by === null ? '✗ got away' : `✓ caught by “${by}”`;
        const line = html`<li>Wrong function ${index + 1}: ${came}</li>`;
        list?.insertAdjacentHTML('beforeend', String(line));
      }
    } catch (error) {
      this.#say(error instanceof Error ? error.message : String(error));
      return;
    }
    const all = functions.length;
    this.#say(
      caught === all
        ? `All ${String(all)} are caught. ${why}`
        : `${String(caught)} of ${String(all)} are caught.`,
    );
  }

  get #boxes(): HTMLInputElement[] {
    return [...this.#panel.querySelectorAll('input')];
  }

  get #chosen(): string[] {
    return this.#boxes.filter(({ checked }) => checked).map(({ value }) => value);
  }

  #say(text: string): void {
    const status = this.#panel.querySelector('[role="status"]');
    if (status !== null) status.textContent = text;
  }
}
