// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import './element.ts';

// jsdom has no popovers: what is open is kept in a set, as `:popover-open` would tell.
const open = new Set<Element>();
const { matches } = Element.prototype;
HTMLElement.prototype.showPopover = function () {
  open.add(this);
};
HTMLElement.prototype.hidePopover = function () {
  open.delete(this);
};
vi.spyOn(HTMLElement.prototype, 'matches').mockImplementation(function (
  this: HTMLElement,
  selector: string,
) {
  if (selector === ':popover-open') return open.has(this);
  if (selector === ':focus-visible') return document.activeElement === this;
  return matches.call(this, selector);
});

const fetched = vi.fn<typeof fetch>();

interface Parts {
  readonly term: HTMLElement;
  readonly link: HTMLAnchorElement;
  readonly note: () => HTMLElement;
  readonly isOpen: () => boolean;
}

function page(): Parts {
  document.body.innerHTML = `
    <p><glossary-term><a href="/glossary/#pool" data-part="noted">pools</a></glossary-term>
    <a id="elsewhere" href="/">elsewhere</a></p>`;
  const term = document.querySelector('glossary-term') as HTMLElement;
  const link = term.querySelector('a') as HTMLAnchorElement;
  const note = (): HTMLElement => term.querySelector('.popup') as HTMLElement;
  return { term, link, note, isOpen: () => open.size > 0 };
}

function pointer(type: string, target: Element | Document, pointerType: string): Event {
  const event = new PointerEvent(type, { pointerType, bubbles: true, cancelable: true });
  target.dispatchEvent(event);
  return event;
}

beforeEach(() => {
  vi.useFakeTimers();
  fetched.mockReset();
  fetched.mockImplementation(() =>
    Promise.resolve(Response.json('<strong>pool</strong><span>All instances.</span>')),
  );
  vi.stubGlobal('fetch', fetched);
});
afterEach(() => {
  open.clear();
  vi.useRealTimers();
});

/** Whatever was asked for has come. */
const settled = (): Promise<unknown> => vi.runAllTimersAsync();

describe('the meaning of a term', () => {
  it('opens when a pointer rests on it, and closes when it has left', async () => {
    const { term, isOpen } = page();
    pointer('pointerenter', term, 'mouse');
    await vi.advanceTimersByTimeAsync(100);
    expect(isOpen()).toBe(false);
    await settled();
    expect(isOpen()).toBe(true);
    pointer('pointerleave', term, 'mouse');
    await settled();
    expect(isOpen()).toBe(false);
  });

  it('stays shut when the pointer only passes over it', async () => {
    const { term, isOpen } = page();
    pointer('pointerenter', term, 'mouse');
    pointer('pointerleave', term, 'mouse');
    await settled();
    expect(isOpen()).toBe(false);
  });

  it('is asked for once, when it is wanted, and then describes the link', async () => {
    const { link } = page();
    await settled();
    expect(fetched).not.toHaveBeenCalled();
    link.focus();
    link.blur();
    link.focus();
    await settled();
    expect(fetched.mock.calls.map(([url]) => (url as URL).pathname)).toEqual([
      '/glossary/pool.json',
    ]);
    const description = document.getElementById(link.getAttribute('aria-describedby') ?? '');
    expect(description?.textContent).toBe('All instances.');
  });

  it('opens on focus by keyboard, closes on Escape, and when focus goes elsewhere', async () => {
    const { link, isOpen } = page();
    link.focus();
    await settled();
    expect(isOpen()).toBe(true);
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    await settled();
    expect(isOpen()).toBe(false);
    link.blur();
    link.focus();
    await settled();
    expect(isOpen()).toBe(true);
    (document.querySelector('#elsewhere') as HTMLElement).focus();
    await settled();
    expect(isOpen()).toBe(false);
  });

  it('stays shut when the reader has left before it came', async () => {
    const { link, isOpen } = page();
    link.focus();
    link.blur();
    await settled();
    expect(isOpen()).toBe(false);
  });

  it('opens on the first tap of a finger instead of leaving the page; the second tap leaves', async () => {
    const { link, isOpen } = page();
    expect(pointer('click', link, 'touch').defaultPrevented).toBe(true);
    await settled();
    expect(isOpen()).toBe(true);
    expect(pointer('click', link, 'touch').defaultPrevented).toBe(false);
  });

  it('leaves the link to a second tap when it does not come', async () => {
    fetched.mockRejectedValue(new TypeError('Failed to fetch'));
    const { link, isOpen } = page();
    pointer('click', link, 'touch');
    await settled();
    expect(isOpen()).toBe(false);
    expect(pointer('click', link, 'touch').defaultPrevented).toBe(false);
  });

  it('closes on a press elsewhere, not on one inside', async () => {
    const { link, note, isOpen } = page();
    link.focus();
    await settled();
    pointer('pointerdown', note(), 'mouse');
    await settled();
    expect(isOpen()).toBe(true);
    pointer('pointerdown', document.body, 'mouse');
    await settled();
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
