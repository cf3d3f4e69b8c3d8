// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { progress } from '../../../progress/store.ts';
import './element.ts';

/** Where the window stands: elements are 1000 px apart, the window is 1000 px high. */
let scrolled = 0;
vi.stubGlobal('innerHeight', 1000);
vi.stubGlobal('requestAnimationFrame', (look: () => void) => {
  look();
  return 1;
});
vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
  const tops: Record<string, number> = { text: 0, a: 500, b: 1500, stop: 1800, c: 2500 };
  const top = (tops[this.id] ?? 0) - scrolled;
  return new DOMRect(0, top, 100, this.id === 'text' ? 4000 : 50);
});

function open(hash = ''): HTMLElement {
  location.hash = hash;
  document.body.innerHTML = `
    <reading-place data-place="one"><p data-part="offer" hidden>You were at
      <a href="#main" data-part="continue"></a><button data-part="dismiss">Dismiss</button></p></reading-place>
    <script></script><div id="text" class="prose"><h2 id="a">A</h2><h2 id="b">B</h2><p id="stop" data-stop></p><h3 id="c">C</h3></div>`;
  return document.querySelector('[data-part="offer"]') as HTMLElement;
}
function scrollTo(top: number): void {
  scrolled = top;
  window.dispatchEvent(new Event('scroll'));
}
const kept = () => progress().get('place', 'one');

beforeEach(() => progress().erase());

describe('the place in a lesson', () => {
  it('is the last heading that came into the upper part of the window', () => {
    open();
    scrollTo(200);
    expect(kept()).toMatchObject({ heading: 'a', end: false });
    scrollTo(1099);
    expect(kept()?.heading).toBe('a');
    scrollTo(1100);
    expect(kept()?.heading).toBe('b');
  });

  it('is found also when the reader jumps over what lies between', () => {
    open();
    scrollTo(2900);
    expect(kept()).toMatchObject({ heading: 'c', end: false });
    scrollTo(9000);
    expect(kept()).toMatchObject({ heading: 'c', end: true });
  });

  it('remembers that the core was read, once its stop sign has been seen', () => {
    open();
    scrollTo(800);
    expect(kept()?.core).toBeUndefined();
    scrollTo(1200);
    expect(kept()).toMatchObject({ heading: 'b', end: false, core: true });
    scrollTo(200);
    expect(kept()).toMatchObject({ heading: 'a', core: true });
  });

  it('is not touched by opening the page, before the reader scrolls', () => {
    scrolled = 2000;
    open();
    expect(kept()).toBeUndefined();
  });

  it('remembers the end for good once it was seen', () => {
    open();
    scrollTo(3000);
    scrollTo(1100);
    expect(kept()).toMatchObject({ heading: 'b', end: true });
  });

  it('is not written again when nothing has changed', () => {
    open();
    scrollTo(1100);
    const told = vi.fn();
    progress().addEventListener('change', told, { once: true });
    scrollTo(1200);
    expect(told).not.toHaveBeenCalled();
  });
});

describe('the outline', () => {
  it('marks the section one reads, also under a heading inside it', () => {
    open();
    document.body.insertAdjacentHTML(
      'afterbegin',
      '<nav class="outline"><ol class="sections"><a href="#a"></a><a href="#b"></a></ol></nav>',
    );
    const marked = () =>
      document.querySelector('.outline [aria-current="location"]')?.getAttribute('href') ?? null;
    scrollTo(0);
    expect(marked()).toBeNull();
    scrollTo(1100);
    expect(marked()).toBe('#b');
    scrollTo(2900);
    expect(marked()).toBe('#b');
    scrollTo(300);
    expect(marked()).toBe('#a');
  });
});

describe('going on reading', () => {
  const at = '2026-11-23T08:00:00.000Z';

  it('is offered where the reader left, and the offer can be dismissed', () => {
    progress().set('place', 'one', { at, heading: 'c', end: false });
    const offer = open();
    expect(offer.hidden).toBe(false);
    expect(offer.querySelector('a')?.getAttribute('href')).toBe('#c');
    expect(offer.querySelector('a')?.textContent).toBe('“C”');
    offer.querySelector('button')?.click();
    expect(offer.hidden).toBe(true);
  });

  it('is no longer offered once the reader is a window further down', () => {
    progress().set('place', 'one', { at, heading: 'c', end: false });
    const offer = open();
    vi.stubGlobal('scrollY', 900);
    scrollTo(900);
    expect(offer.hidden).toBe(false);
    vi.stubGlobal('scrollY', 1100);
    scrollTo(1100);
    expect(offer.hidden).toBe(true);
  });

  it.each([
    ['nothing was read', undefined, ''],
    ['only the first section was read', { at, heading: 'a', end: false }, ''],
    ['the heading is gone', { at, heading: 'old', end: false }, ''],
    ['the end was seen', { at, heading: 'c', end: true }, ''],
    ['the link led to a section', { at, heading: 'c', end: false }, '#b'],
  ])('is not offered when %s', (_, place, hash) => {
    if (place) progress().set('place', 'one', place);
    expect(open(hash).hidden).toBe(true);
  });
});
