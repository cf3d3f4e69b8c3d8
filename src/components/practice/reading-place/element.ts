/**
 * Keeps the heading last read under and whether the end was seen, of the core as well, and offers to go on there next
 * time. Marks the section in the outline.
 */

import { progress } from '../../../progress/store.ts';
import { CourseElement } from '../../element.ts';

/** A heading is read under once it has come into this upper part of the window. */
const UPPER_PART = 0.4;

export class ReadingPlace extends CourseElement {
  protected connected(): void {
    const text = this.parentElement?.querySelector(':scope > .prose');
    if (!text) throw new Error('<reading-place> expected the text, a .prose, beside it.');
    const headings = [...text.querySelectorAll('h2[id], h3[id]')];
    this.#offer(headings);
    // Only a reader who scrolls is reading: opening a lesson must not overwrite where they were.
    let frame = 0;
    const look = (): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => this.#look(headings, text));
    };
    window.addEventListener('scroll', look, { passive: true, signal: this.signal });
  }

  #offer(headings: readonly Element[]): void {
    const kept = progress().get('place', this.#lesson);
    const heading = headings.slice(1).find(({ id }) => id === kept?.heading);
    if (heading === undefined || kept?.end === true || location.hash !== '') return;
    const offer = this.find('offer', HTMLElement);
    const link = this.find('continue', HTMLAnchorElement);
    link.href = `#${heading.id}`;
    link.textContent = `“${heading.textContent.trim()}”`;
    offer.hidden = false;
    const close = (): void => void (offer.hidden = true);
    link.addEventListener('click', close, { signal: this.signal });
    this.find('dismiss', HTMLButtonElement).addEventListener('click', close, {
      signal: this.signal,
    });
  }

  #look(headings: readonly Element[], text: Element): void {
    const line = innerHeight * UPPER_PART;
    const heading = headings.findLast((one) => one.getBoundingClientRect().top <= line);
    // The offer has served, or was not wanted, once the reader is a window further down.
    if (scrollY > innerHeight) this.find('offer', HTMLElement).hidden = true;
    this.#mark(heading === undefined ? [] : headings.slice(0, headings.indexOf(heading) + 1));
    const isSeen = (one: Element): boolean => one.getBoundingClientRect().bottom <= innerHeight;
    const end = isSeen(text);
    const stop = text.querySelector('[data-stop]');
    const core = stop !== null && isSeen(stop);
    this.#keep({
      ...(heading && { heading: heading.id }),
      ...(end && { end }),
      ...(core && { core }),
    });
  }

  /** The section one reads is marked in the outline. @param read the headings down to here */
  #mark(read: readonly Element[]): void {
    const section = read.findLast(({ localName }) => localName === 'h2')?.id;
    for (const link of document.querySelectorAll('.outline .sections a')) {
      const isHere = section !== undefined && link.getAttribute('href') === `#${section}`;
      if (isHere) link.setAttribute('aria-current', 'location');
      else link.removeAttribute('aria-current');
    }
  }

  #keep(change: { heading?: string; end?: true; core?: true }): void {
    const at = new Date().toISOString();
    const before = progress().get('place', this.#lesson) ?? { at, heading: '', end: false };
    const now = { ...before, ...change };
    const isSame = now.heading === before.heading && now.end === before.end;
    if (isSame && now.core === before.core) return;
    progress().set('place', this.#lesson, { ...now, at });
  }

  get #lesson(): string {
    return this.dataset['place'] ?? '';
  }
}

customElements.define('reading-place', ReadingPlace);
