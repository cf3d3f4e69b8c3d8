/** `<place-choice>`: which places are here, why others are not, and which one runs the demos. */

import { CourseElement } from '../../element.ts';

export class PlaceChoice extends CourseElement {
  protected override connected(): void {
    const details = this.find('details', HTMLDetailsElement);
    const { signal } = this;
    details.addEventListener('toggle', () => details.open && void this.#look(), { signal });
    this.addEventListener('change', (event) => void this.#choose(event.target), { signal });
  }

  async #look(): Promise<void> {
    const { placeOptions } = await import('./options.ts');
    // Each figure's control has its own group, so that one page can hold several.
    this.find('choices', HTMLFieldSetElement).innerHTML = await placeOptions(crypto.randomUUID());
  }

  async #choose(target: EventTarget | null): Promise<void> {
    if (!(target instanceof HTMLInputElement)) return;
    const { chooseOption } = await import('./options.ts');
    chooseOption(target.value);
  }
}

customElements.define('place-choice', PlaceChoice);
