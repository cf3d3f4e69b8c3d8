/** What happens in the figure: the reader sets calls and pods, and goes from tick to tick. */

import type { CourseElement } from '../../element.ts';
import { formState, linkForm } from '../../form-link.ts';
import { mistakeIn } from '../../typed-number.ts';
import { DrawnParts } from '../drawn-parts.ts';
import { PlayedSlider } from '../played-slider.ts';
import { tickSummary } from './draw.ts';
import { TICK_FRAME } from './frame.ts';
import { runTicks, type KpaMoment, type KpaRun } from './run.ts';
import { tickSetupOf } from './setup.ts';

/** One tick a picture. */
const PACE = { steps: 1, ms: 120 } as const;
/** For those who want no motion. */
const CALM = { steps: 10, ms: 900 } as const;

export class TickSession {
  readonly #figure: CourseElement;
  readonly #form: HTMLFormElement;
  readonly #tick: HTMLInputElement;
  readonly #parts: DrawnParts<KpaMoment>;
  readonly #played: PlayedSlider;
  #run: KpaRun | null = null;
  /** What the run was made from. */
  #ran = '';

  /** Takes the state of the address, and follows the form. @param signal ends all of it */
  constructor(figure: CourseElement, signal: AbortSignal) {
    this.#figure = figure;
    this.#form = figure.find('form', HTMLFormElement);
    this.#tick = figure.find('tick', HTMLInputElement);
    this.#parts = new DrawnParts(figure, TICK_FRAME, signal);
    this.#played = new PlayedSlider({
      slider: this.#tick,
      button: figure.find('play', HTMLButtonElement),
      words: { start: 'Tick', stop: 'Stop' },
      pace: PACE,
      calm: CALM,
      draw: () => this.#follow() !== null,
      onEnd: () => this.#say(),
      signal,
    });
    const link = figure.find('link', HTMLAnchorElement);
    linkForm({ id: figure.id, form: this.#form, link, onChange: () => this.#moved(), signal });
    this.#form.addEventListener('change', () => this.#say(), { signal });
    for (const [part, by] of [
      ['back', -1],
      ['on', 1],
    ] as const) {
      figure
        .find(part, HTMLButtonElement)
        .addEventListener('click', () => this.#step(by), { signal });
    }
    this.#follow();
  }

  #part(name: string): HTMLElement {
    return this.#figure.find(name, HTMLElement);
  }

  /** Draws what the form says. What cannot be read is said, and the picture stays as it was. */
  #follow(): KpaMoment | null {
    const wrong = mistakeIn(this.#form);
    this.#part('mistake').textContent = wrong ?? '';
    if (wrong !== null) {
      this.#played.stop();
      return null;
    }
    const run = this.#runOf(formState(this.#form));
    const at = Math.min(Number(this.#tick.value), run.ticks.length - 1);
    const moment = { run, at };
    const said = `${at + 1} of ${run.ticks.length}`;
    this.#tick.setAttribute('aria-valuetext', `Tick ${said}. ${tickSummary(moment)}`);
    this.#part('tick-said').textContent = said;
    this.#part('own').hidden = run.trace !== null;
    this.#parts.draw(moment);
    return moment;
  }

  /** The same form gives the same run, which is reckoned once. */
  #runOf(state: URLSearchParams): KpaRun {
    const says = state.toString();
    if (this.#run !== null && says === this.#ran) return this.#run;
    const run = runTicks(tickSetupOf(state));
    [this.#run, this.#ran] = [run, says];
    this.#tick.max = String(run.ticks.length - 1);
    return run;
  }

  #step(by: number): void {
    this.#played.stop();
    this.#tick.value = String(Number(this.#tick.value) + by);
    this.#say();
  }

  #moved(): void {
    this.#played.stop();
    this.#follow();
  }

  #say(): void {
    const moment = this.#follow();
    this.#part('status').textContent = moment === null ? '' : tickSummary(moment);
  }
}
