/** `<place-choice>`: which places are here, why others are not, and which one runs the demos. */

import { CourseElement } from '../../element.ts';

const NOTHING_ANSWERS =
  'The server that this page came from does not answer, so nothing can be found out. Start it again, then open this again.';

/** Each figure's control has radio buttons of its own, so that one page can hold several. */
let groups = 0;

export class PlaceChoice extends CourseElement {
  readonly #group = `place-${(groups += 1)}`;

  protected override connected(): void {
    const details = this.find('details', HTMLDetailsElement);
    const { signal } = this;
    details.addEventListener('toggle', () => details.open && void this.#look(), { signal });
    this.addEventListener('change', (event) => void this.#choose(event.target), { signal });
  }

  async #look(): Promise<void> {
    const choices = this.find('choices', HTMLFieldSetElement);
    try {
      const { placeOptions } = await import('./options.ts');
      choices.innerHTML = await placeOptions(this.#group);
    } catch {
      choices.textContent = NOTHING_ANSWERS;
    }
  }

  async #choose(target: EventTarget | null): Promise<void> {
    if (!(target instanceof HTMLInputElement)) return;
    const { chooseOption } = await import('./options.ts');
    chooseOption(target.value);
  }
}

customElements.define('place-choice', PlaceChoice);
