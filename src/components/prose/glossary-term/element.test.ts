// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import './element.ts';

// jsdom has no popovers: what is open is kept in a set, as `:popover-open` would tell.
const open = new Set<Element>();
const matches = (element: Element, selector: string) =>
  Element.prototype.matches.call(element, selector);

function page(): {
  term: HTMLElement;
  link: HTMLAnchorElement;
  note: HTMLElement;
  isOpen: () => boolean;
} {
  document.body.innerHTML = `
    <p><glossary-term><a href="/glossary/#pool" data-part="link">pools</a
    ><span data-part="note">A pool. <a href="/glossary/#pool" id="more">In the glossary</a></span></glossary-term>
    <a id="elsewhere" href="/">elsewhere</a></p>`;
  const term = document.querySelector('glossary-term') as HTMLElement;
  const link = term.querySelector('a') as HTMLAnchorElement;
  const note = term.querySelector('span') as HTMLElement;
  note.showPopover = () => void open.add(note);
  note.hidePopover = () => void open.delete(note);
  vi.spyOn(note, 'matches').mockImplementation((selector) =>
    selector === ':popover-open' ? open.has(note) : matches(note, selector),
  );
  vi.spyOn(link, 'matches').mockImplementation((selector) =>
    selector === ':focus-visible' ? document.activeElement === link : matches(link, selector),
  );
  return { term, link, note, isOpen: () => open.has(note) };
}

function pointer(type: string, target: Element | Document, pointerType: string): Event {
  const event = new PointerEvent(type, { pointerType, bubbles: true, cancelable: true });
  target.dispatchEvent(event);
  return event;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  open.clear();
  vi.useRealTimers();
});

describe('the meaning of a term', () => {
  it('opens when a pointer rests on it, and closes when it has left', () => {
    const { term, isOpen } = page();
    pointer('pointerenter', term, 'mouse');
    expect(isOpen()).toBe(false);
    vi.runAllTimers();
    expect(isOpen()).toBe(true);
    pointer('pointerleave', term, 'mouse');
    vi.runAllTimers();
    expect(isOpen()).toBe(false);
  });

  it('stays shut when the pointer only passes over it', () => {
    const { term, isOpen } = page();
    pointer('pointerenter', term, 'mouse');
    pointer('pointerleave', term, 'mouse');
    vi.runAllTimers();
    expect(isOpen()).toBe(false);
  });

  it('opens on focus by keyboard, closes on Escape, and when focus goes elsewhere', () => {
    const { link, isOpen } = page();
    link.focus();
    expect(isOpen()).toBe(true);
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    expect(isOpen()).toBe(false);
    link.blur();
    link.focus();
    expect(isOpen()).toBe(true);
    (document.querySelector('#elsewhere') as HTMLElement).focus();
    expect(isOpen()).toBe(false);
  });

  it('opens on the first tap of a finger instead of leaving the page; the second tap leaves', () => {
    const { link, isOpen } = page();
    expect(pointer('click', link, 'touch').defaultPrevented).toBe(true);
    expect(isOpen()).toBe(true);
    expect(pointer('click', link, 'touch').defaultPrevented).toBe(false);
  });

  it('closes on a press elsewhere, not on one inside', () => {
    const { link, note, isOpen } = page();
    link.focus();
    pointer('pointerdown', note, 'mouse');
    expect(isOpen()).toBe(true);
    pointer('pointerdown', document.body, 'mouse');
    expect(isOpen()).toBe(false);
  });

  it('leaves a click of a mouse to the link', () => {
    const { link } = page();
    link.addEventListener('click', (event) => {
      expect(event.defaultPrevented).toBe(false);
      event.preventDefault();
    });
    expect.assertions(1);
    pointer('click', link, 'mouse');
  });
});
