/** Opens a term's meaning beside it: on hover and keyboard focus, and on the first tap of a finger. */

import { CourseElement } from '../../element.ts';
import { readWritten } from '../../written.ts';

/** Long enough to pass over a term, or to move from it to its note, without a flicker. */
const PAUSE_MS = 150;

/** How many have been written: each has an id of its own. */
let meanings = 0;

export class GlossaryTerm extends CourseElement {
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The meaning is to be seen, as soon as it is here. */
  #wanted = false;
  #note: Promise<HTMLElement | null> | undefined;

  protected connected(): void {
    const { signal } = this;
    const link = this.#link;
    this.addEventListener('pointerenter', (event) => this.#hover(event, true), { signal });
    this.addEventListener('pointerleave', (event) => this.#hover(event, false), { signal });
    link.addEventListener('focus', () => link.matches(':focus-visible') && this.#show(true), {
      signal,
    });
    this.addEventListener('focusout', (event) => this.#leave(event), { signal });
    link.addEventListener('click', (event) => this.#tap(event), { signal });
    document.addEventListener('keydown', (event) => event.key === 'Escape' && this.#show(false), {
      signal,
    });
    document.addEventListener('pointerdown', (event) => this.#away(event), { signal });
    signal.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  get #link(): HTMLAnchorElement {
    return this.find('link', HTMLAnchorElement);
  }

  #hover(event: PointerEvent, over: boolean): void {
    if (event.pointerType === 'touch') return;
    clearTimeout(this.#timer);
    if (over) void this.#written();
    this.#timer = setTimeout(() => this.#show(over), PAUSE_MS);
  }

  #leave({ relatedTarget }: FocusEvent): void {
    if (!(relatedTarget instanceof Node) || !this.contains(relatedTarget)) this.#show(false);
  }

  /** A finger cannot hover: its first tap opens the note, whose own link leads to the glossary. */
  #tap(event: MouseEvent): void {
    const isTouch = event instanceof PointerEvent && event.pointerType === 'touch';
    if (!isTouch || this.#wanted) return;
    event.preventDefault();
    this.#show(true);
  }

  #away({ target }: PointerEvent): void {
    if (!(target instanceof Node) || !this.contains(target)) this.#show(false);
  }

  #show(open: boolean): void {
    clearTimeout(this.#timer);
    this.#wanted = open;
    if (open || this.#note) void this.#written().then((note) => note && this.#settle(note));
  }

  /** Opens or closes the note as is wanted by now. */
  #settle(note: HTMLElement): void {
    if (!note.isConnected || note.matches(':popover-open') === this.#wanted) return;
    if (this.#wanted) note.showPopover({ source: this.#link });
    else note.hidePopover();
  }

  /** The note, asked for once; null when it does not come, and then the next wish asks again. */
  async #written(): Promise<HTMLElement | null> {
    this.#note ??= this.#write();
    const note = await this.#note;
    if (note === null) this.#note = undefined;
    return note;
  }

  async #write(): Promise<HTMLElement | null> {
    const { href, hash } = this.#link;
    const meaning = await readWritten<string>(new URL(`${hash.slice(1)}.json`, href));
    if (meaning === null || this.signal.aborted) return null;
    const note = document.createElement('span');
    note.className = 'popup';
    note.popover = 'manual';
    note.innerHTML = meaning;
    const short = note.querySelector('span');
    if (short) {
      short.id = `meaning-${++meanings}`;
      this.#link.setAttribute('aria-describedby', short.id);
    }
    this.append(note);
    return note;
  }
}

customElements.define('glossary-term', GlossaryTerm);
