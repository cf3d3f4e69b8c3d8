/** What happens in the figure: the calls come, one picture after another, or as fast as the reader moves the time. */

import { axisTime } from '#src/format/duration.ts';
import type { CourseElement } from '../../element.ts';
import { formState, linkForm } from '../../form-link.ts';
import { mistakeIn } from '../../typed-number.ts';
import { DrawnParts } from '../drawn-parts.ts';
import { flowSummary } from './draw.ts';
import { flowThrough, type Flow } from './flow.ts';
import { FLOW_FRAME } from './frame.ts';
import { flowOf } from './setup.ts';

/** A whole run has so many pictures, one in so many ms. */
const PICTURES = { count: 80, paceMs: 50 } as const;
/** For those who want no motion: fewer. */
const CALM = { count: 8, paceMs: 600 } as const;
/** Steps of the slider. */
const STEPS = 200;

export class FlowSession {
  readonly #figure: CourseElement;
  readonly #form: HTMLFormElement;
  readonly #time: HTMLInputElement;
  readonly #run: HTMLButtonElement;
  readonly #parts: DrawnParts<Flow>;
  readonly #signal: AbortSignal;
  #running: number | undefined;

  /** Takes the state of the address, and follows the form. @param signal ends all of it */
  constructor(figure: CourseElement, signal: AbortSignal) {
    [this.#figure, this.#signal] = [figure, signal];
    this.#form = figure.find('form', HTMLFormElement);
    this.#time = figure.find('time', HTMLInputElement);
    this.#run = figure.find('run', HTMLButtonElement);
    this.#parts = new DrawnParts(figure, FLOW_FRAME, signal);
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
    this.#run.addEventListener('click', () => this.#toggle(), { signal });
    signal.addEventListener('abort', () => clearInterval(this.#running));
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
      this.#stop();
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
    this.#stop();
    this.#follow();
  }

  #say(): void {
    const flow = this.#follow();
    this.#part('status').textContent = flow === null ? '' : flowSummary(flow);
  }

  /** The calls come from the first to the last; a second press stops them. */
  #toggle(): void {
    if (this.#running !== undefined) {
      this.#stop();
      this.#say();
      return;
    }
    this.#time.value = '0';
    if (this.#follow() === null) return;
    this.#run.textContent = 'Stop';
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const { count, paceMs } = calm ? CALM : PICTURES;
    this.#running = window.setInterval(() => this.#pass(STEPS / count), paceMs);
  }

  #pass(steps: number): void {
    if (this.#signal.aborted) return;
    const next = Math.min(STEPS, Number(this.#time.value) + steps);
    this.#time.value = String(next);
    if (next === STEPS) {
      this.#stop();
      this.#say();
    } else this.#follow();
  }

  #stop(): void {
    clearInterval(this.#running);
    this.#running = undefined;
    this.#run.textContent = 'Let them come';
  }
}
