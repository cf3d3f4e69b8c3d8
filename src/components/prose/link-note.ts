/**
 * A link with a note beside it, which is asked for when the reader turns to it: it opens on hover and
 * keyboard focus, and on the first tap of a finger. A click follows the link.
 */

import { readWritten } from '../written.ts';

/** Long enough to pass over a link, or to move from it to its note, without a flicker. */
const PAUSE_MS = 150;

/** How many have been written: each has an id of its own. */
let notes = 0;

export class LinkNote {
  readonly #owner: HTMLElement;
  readonly #link: HTMLAnchorElement;
  readonly #address: URL | string;
  readonly #signal: AbortSignal;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The note is to be seen, as soon as it is here. */
  #wanted = false;
  #note: Promise<HTMLElement | null> | undefined;

  /**
   * @param owner around the link: the note is put into it
   * @param address where the build has written the note, as HTML in JSON; its first span is heard with the link
   * @param signal ends it
   */
  constructor(
    owner: HTMLElement,
    link: HTMLAnchorElement,
    address: URL | string,
    signal: AbortSignal,
  ) {
    this.#owner = owner;
    this.#link = link;
    this.#address = address;
    this.#signal = signal;
    owner.addEventListener('pointerenter', (event) => this.#hover(event, true), { signal });
    owner.addEventListener('pointerleave', (event) => this.#hover(event, false), { signal });
    link.addEventListener('focus', () => link.matches(':focus-visible') && this.#show(true), {
      signal,
    });
    owner.addEventListener('focusout', (event) => this.#leave(event), { signal });
    link.addEventListener('click', (event) => this.#tap(event), { signal });
    document.addEventListener('keydown', (event) => event.key === 'Escape' && this.#show(false), {
      signal,
    });
    document.addEventListener('pointerdown', (event) => this.#away(event), { signal });
    signal.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  #hover(event: PointerEvent, over: boolean): void {
    if (event.pointerType === 'touch') return;
    clearTimeout(this.#timer);
    if (over) void this.#written();
    this.#timer = setTimeout(() => this.#show(over), PAUSE_MS);
  }

  #leave({ relatedTarget }: FocusEvent): void {
    if (!(relatedTarget instanceof Node) || !this.#owner.contains(relatedTarget)) this.#show(false);
  }

  /** A finger cannot hover: its first tap opens the note, whose own link leads to the glossary. */
  #tap(event: MouseEvent): void {
    const isTouch = event instanceof PointerEvent && event.pointerType === 'touch';
    if (!isTouch || this.#wanted) return;
    event.preventDefault();
    this.#show(true);
  }

  #away({ target }: PointerEvent): void {
    if (!(target instanceof Node) || !this.#owner.contains(target)) this.#show(false);
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
    const written = await readWritten<string>(this.#address);
    if (written === null || this.#signal.aborted) return null;
    const note = document.createElement('span');
    note.className = 'popup';
    note.popover = 'manual';
    note.innerHTML = written;
    const heard = note.querySelector('span');
    if (heard) {
      heard.id = `note-${++notes}`;
      this.#link.setAttribute('aria-describedby', heard.id);
    }
    this.#owner.append(note);
    return note;
  }
}
