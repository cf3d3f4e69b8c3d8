/** Opens a term's meaning beside it: on hover and keyboard focus, and on the first tap of a finger. */

import { CourseElement } from '../../element.ts';

/** Long enough to pass over a term, or to move from it to its note, without a flicker. */
const PAUSE_MS = 150;

export class GlossaryTerm extends CourseElement {
  #timer: ReturnType<typeof setTimeout> | undefined;

  protected connected(): void {
    const link = this.find('link', HTMLAnchorElement);
    const note = this.find('note', HTMLElement);
    const { signal } = this;
    this.addEventListener('pointerenter', (event) => this.#hover(event, true), { signal });
    this.addEventListener('pointerleave', (event) => this.#hover(event, false), { signal });
    link.addEventListener('focus', () => link.matches(':focus-visible') && this.#show(true), {
      signal,
    });
    this.addEventListener('focusout', (event) => this.#leave(event), { signal });
    link.addEventListener('click', (event) => this.#tap(event, note), { signal });
    document.addEventListener('keydown', (event) => event.key === 'Escape' && this.#show(false), {
      signal,
    });
    document.addEventListener('pointerdown', (event) => this.#away(event), { signal });
    signal.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  #hover(event: PointerEvent, over: boolean): void {
    if (event.pointerType === 'touch') return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#show(over), PAUSE_MS);
  }

  #leave({ relatedTarget }: FocusEvent): void {
    if (!(relatedTarget instanceof Node) || !this.contains(relatedTarget)) this.#show(false);
  }

  /** A finger cannot hover: its first tap opens the note, whose own link leads to the glossary. */
  #tap(event: MouseEvent, note: HTMLElement): void {
    const isTouch = event instanceof PointerEvent && event.pointerType === 'touch';
    if (!isTouch || this.#isOpen(note)) return;
    event.preventDefault();
    this.#show(true);
  }

  #away({ target }: PointerEvent): void {
    if (!(target instanceof Node) || !this.contains(target)) this.#show(false);
  }

  #show(open: boolean): void {
    clearTimeout(this.#timer);
    const note = this.find('note', HTMLElement);
    if (this.#isOpen(note) === open) return;
    if (open) note.showPopover({ source: this.find('link', HTMLAnchorElement) });
    else note.hidePopover();
  }

  #isOpen(note: HTMLElement): boolean {
    return note.matches(':popover-open');
  }
}

customElements.define('glossary-term', GlossaryTerm);
