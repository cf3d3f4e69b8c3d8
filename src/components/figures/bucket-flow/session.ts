/** What happens in the figure: the calls come, one picture after another, or as fast as the reader moves the time. */

import { axisTime } from '#src/format/duration.ts';
import type { CourseElement } from '../../element.ts';
import { formState, linkForm } from '../../form-link.ts';
import { mistakeIn } from '../../typed-number.ts';
import { DrawnParts } from '../drawn-parts.ts';
import { flowSummary } from './draw.ts';
import { flowThrough, type Flow } from './flow.ts';
import { PlayedSlider } from '../played-slider.ts';
import { FLOW_FRAME } from './frame.ts';
import { flowOf } from './setup.ts';

/** Steps of the slider. */
const STEPS = 200;
/** A whole run has eighty pictures. */
const PACE = { steps: STEPS / 80, ms: 50 } as const;
/** For those who want no motion it has eight. */
const CALM = { steps: STEPS / 8, ms: 600 } as const;

export class FlowSession {
  readonly #figure: CourseElement;
  readonly #form: HTMLFormElement;
  readonly #time: HTMLInputElement;
  readonly #parts: DrawnParts<Flow>;
  readonly #played: PlayedSlider;

  /** Takes the state of the address, and follows the form. @param signal ends all of it */
  constructor(figure: CourseElement, signal: AbortSignal) {
    this.#figure = figure;
    this.#form = figure.find('form', HTMLFormElement);
    this.#time = figure.find('time', HTMLInputElement);
    this.#parts = new DrawnParts(figure, FLOW_FRAME, signal);
    this.#played = new PlayedSlider({
      slider: this.#time,
      button: figure.find('run', HTMLButtonElement),
      words: { start: 'Let them come', stop: 'Stop' },
      pace: PACE,
      calm: CALM,
      draw: () => this.#follow() !== null,
      onEnd: () => this.#say(),
      signal,
    });
    const link = figure.find('link', HTMLAnchorElement);
    let said = formState(this.#form).toString();
    const onChange = (): void => {
      const says = formState(this.#form).toString();
      // The slider has no part in it: whoever moves it changes no number.
      if (says !== said) this.#time.value = String(STEPS);
      said = says;
      this.#moved();
    };
    linkForm({ id: figure.id, form: this.#form, link, onChange, signal });
    this.#form.addEventListener('change', () => this.#say(), { signal });
    this.#follow();
  }

  #part(name: string): HTMLElement {
    return this.#figure.find(name, HTMLElement);
  }

  /** Draws what the form says. What cannot be read is said, and the picture stays as it was. */
  #follow(): Flow | null {
    const wrong = mistakeIn(this.#form);
    this.#part('mistake').textContent = wrong ?? '';
    if (wrong !== null) {
      this.#played.stop();
      return null;
    }
    const setup = flowOf(formState(this.#form));
    const { endMs } = flowThrough(setup);
    const flow = flowThrough(setup, (endMs * Number(this.#time.value)) / STEPS);
    const said = axisTime(flow.nowMs);
    this.#time.setAttribute('aria-valuetext', said);
    this.#part('time-said').textContent = said;
    this.#parts.draw(flow);
    return flow;
  }

  #moved(): void {
    this.#played.stop();
    this.#follow();
  }

  #say(): void {
    const flow = this.#follow();
    this.#part('status').textContent = flow === null ? '' : flowSummary(flow);
  }
}
