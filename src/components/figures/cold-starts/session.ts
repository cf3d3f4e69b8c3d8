/** What happens in the figure: rows are chosen, and the reader's own starts are measured. */

import type { CourseElement } from '../../element.ts';
import { formState, linkForm } from '../../form-link.ts';
import { loadScript } from '../../script.ts';
import { Experiment } from '../experiment.ts';
import { frameOfStarts } from './frame.ts';
import type { MeasuredOwn } from './run.ts';
import { rowChoiceOf } from './setup.ts';
import { doubtAbout, type StartsOfKind } from './strips.ts';
import { eachStart } from './table.ts';

export class StartsSession {
  readonly #figure: CourseElement;
  readonly #form: HTMLFormElement;
  readonly #experiment: Experiment;
  /** Those that are drawn: recorded, until the reader has measured some. */
  #own: readonly StartsOfKind[];

  /** @param signal ends all of it */
  constructor(figure: CourseElement, signal: AbortSignal) {
    this.#figure = figure;
    this.#form = figure.find('form', HTMLFormElement);
    this.#own = JSON.parse(figure.dataset['starts'] ?? '[]') as StartsOfKind[];
    this.#experiment = new Experiment({ figure, signal });
    const link = figure.find('link', HTMLAnchorElement);
    linkForm({ form: this.#form, id: figure.id, link, onChange: () => this.#draw(), signal });
    this.#form.addEventListener('submit', () => void this.#run(), { signal });
    this.#draw();
  }

  #run(): Promise<void> {
    return this.#experiment.start({
      run: async (signal, onProgress) => {
        const { measureStarts } = await loadScript(() => import('./run.ts'));
        return measureStarts({ figure: this.#figure.id, signal, onProgress });
      },
      show: (measured) => this.#show(measured),
    });
  }

  #show({ own, missing, provenance }: MeasuredOwn): void {
    this.#own = own;
    const said = this.#draw();
    this.#figure.find('provenance', HTMLElement).textContent = provenance;
    this.#experiment.say([...missing, `Done. ${said}`].join(' '));
  }

  #draw(): string {
    const { html, said } = frameOfStarts(this.#own, rowChoiceOf(formState(this.#form)));
    for (const [name, content] of Object.entries(html)) {
      this.#figure.find(name, HTMLElement).innerHTML = content;
    }
    this.#figure.find('doubt', HTMLElement).textContent = doubtAbout(this.#own);
    this.#figure.find('each', HTMLElement).innerHTML = String(eachStart(this.#own));
    return said;
  }
}
