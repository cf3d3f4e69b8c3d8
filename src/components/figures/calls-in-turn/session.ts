/** What happens in the figure: the reader makes its calls again, or asks in a way of their own. */

import type { CourseElement } from '../../element.ts';
import { loadScript } from '../../script.ts';
import { Experiment } from '../experiment.ts';
import type { LiveTurns } from './live.ts';

export class TurnSession {
  readonly #figure: CourseElement;
  readonly #experiment: Experiment;

  /** @param figure names its story in `data-story` @param signal ends all of it */
  constructor(figure: CourseElement, signal: AbortSignal) {
    this.#figure = figure;
    this.#experiment = new Experiment({ figure, signal });
    const button = figure.find('run', HTMLButtonElement);
    button.addEventListener('click', () => void this.#makeAgain(), { signal });
    for (const form of figure.findAll('form', HTMLFormElement)) {
      const ask = (event: SubmitEvent): void => {
        event.preventDefault();
        void this.#ask(new FormData(form));
      };
      form.addEventListener('submit', ask, { signal });
    }
  }

  #makeAgain(): Promise<void> {
    return this.#experiment.start<LiveTurns>({
      run: async (signal, onProgress) => {
        const { tellAgain } = await loadScript(() => import('./live.ts'));
        return tellAgain(this.#story, signal, onProgress);
      },
      show: ({ drawn, table, said }) => {
        const picture = this.#inSteps('picture');
        const at = picture.querySelector<HTMLElement>('[aria-current]')?.dataset['step'];
        picture.innerHTML = drawn;
        picture.querySelector(`[data-step="${at}"]`)?.setAttribute('aria-current', 'step');
        this.#inSteps('table').innerHTML = table;
        this.#experiment.say(said);
      },
    });
  }

  #ask(form: FormData): Promise<void> {
    return this.#experiment.start<LiveTurns>({
      run: async (signal, onProgress) => {
        const { askAs } = await loadScript(() => import('./live.ts'));
        const asked = { user: String(form.get('user')), address: String(form.get('address')) };
        return askAs(this.#story, asked, signal, onProgress);
      },
      show: ({ drawn, said }) => {
        this.#figure.find('asked', HTMLElement).innerHTML = drawn;
        this.#experiment.say(said);
      },
    });
  }

  get #story(): string {
    return this.#figure.dataset['story'] ?? '';
  }

  /** A part of the figure of steps that stands inside. */
  #inSteps(name: string): HTMLElement {
    const part = this.#figure.querySelector<HTMLElement>(`step-through [data-part="${name}"]`);
    if (part) return part;
    throw new Error(`<calls-in-turn> expected data-part="${name}" inside <step-through>.`);
  }
}
