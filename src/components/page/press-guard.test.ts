// @vitest-environment jsdom
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { CourseElement } from '../element.ts';
import { guardPresses } from './press-guard.ts';

/** Presses and changes that the element has heard of. */
const heard: string[] = [];
let load: () => Promise<void>;

class LateFigure extends CourseElement {
  protected override connected(): void {
    void this.loading(async () => {
      await load();
      const hear = (event: Event): void => {
        if (event.type === 'submit') event.preventDefault();
        const field = event.target as HTMLInputElement;
        heard.push(event.type === 'input' ? `input ${String(field.checked)}` : event.type);
      };
      for (const type of ['submit', 'click', 'input']) this.addEventListener(type, hear);
    }).catch(() => undefined);
  }
}

/** Defined only when a test says so. */
class NeverFigure extends CourseElement {
  protected override connected(): void {
    heard.push('connected');
  }
}

function page(tag: string): HTMLElement {
  document.body.innerHTML = `<${tag}><form><input type="checkbox" name="a">
    <button id="run">Run</button></form><button type="button" id="copy">Copy</button>
    <p role="status"></p></${tag}>`;
  return document.querySelector(tag) as HTMLElement;
}
const press = (id: string): void => document.getElementById(id)?.click();
const status = (): string => document.querySelector('[role="status"]')?.textContent ?? '';

beforeAll(() => {
  guardPresses();
  customElements.define('late-figure', LateFigure);
});
beforeEach(() => {
  heard.length = 0;
  load = () => Promise.resolve();
});
afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

/** @returns what makes the script of the next element arrive */
function heldBack(): () => void {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  load = () => promise;
  return () => resolve(undefined);
}

test('a press before the script is carried out once, when the script is there', async () => {
  const arrive = heldBack();
  const owner = page('late-figure');
  press('run');
  press('run');
  expect(heard).toEqual([]);
  expect(owner.ariaBusy).toBe('true');
  arrive();
  await vi.waitFor(() => expect(heard).toContain('submit'));
  expect(heard.filter((type) => type === 'submit')).toHaveLength(1);
  expect(owner.ariaBusy).toBeNull();
});

test('a press on a button that does not submit is kept as well', async () => {
  const arrive = heldBack();
  page('late-figure');
  press('copy');
  arrive();
  await vi.waitFor(() => expect(heard).toEqual(['click']));
});

describe('a link', () => {
  /** @returns whether the browser follows the link as if there were no script */
  function follow(href: string, init: MouseEventInit = {}): boolean {
    const owner = page('late-figure');
    owner.id = 'figure';
    owner.insertAdjacentHTML('beforeend', `<a href="${href}">Link to this</a>`);
    const click = new MouseEvent('click', { bubbles: true, cancelable: true, ...init });
    return owner.querySelector('a')?.dispatchEvent(click) ?? false;
  }

  test('to the figure it stands in is kept until the figure can copy it', async () => {
    const arrive = heldBack();
    expect(follow('#figure?ms=100')).toBe(false);
    arrive();
    await vi.waitFor(() => expect(heard).toEqual(['click']));
  });

  test.each(['#main', '#figures', 'https://example.com/#other'])('to %s is followed', (href) => {
    heldBack();
    expect(follow(href)).toBe(true);
  });

  test('that is opened in another tab is the browser’s', () => {
    heldBack();
    expect(follow('#figure', { ctrlKey: true })).toBe(true);
  });
});

test('what was ticked before the script is told to it, before the press', async () => {
  const arrive = heldBack();
  const owner = page('late-figure');
  owner.querySelector('input')?.click();
  press('run');
  arrive();
  await vi.waitFor(() => expect(heard).toContain('submit'));
  expect(heard.filter((what) => what !== 'click')).toEqual(['input true', 'submit']);
});

test('a wait that can be felt is put into words, and the words go when it is over', async () => {
  vi.useFakeTimers();
  const arrive = heldBack();
  page('late-figure');
  press('run');
  expect(status()).toBe('');
  vi.advanceTimersByTime(1000);
  expect(status()).toContain('still loading');
  arrive();
  await vi.advanceTimersByTimeAsync(0);
  expect(status()).toBe('');
});

test('a press on an element that is live is none of its business', async () => {
  page('late-figure');
  await vi.waitFor(() => expect(document.querySelector('[data-live=""]')).not.toBeNull());
  press('run');
  expect(heard).toContain('submit');
});

test('a script that fails is said to, when somebody has pressed or presses', async () => {
  vi.useFakeTimers();
  load = () => Promise.reject(new Error('blocked'));
  const owner = page('late-figure');
  await vi.advanceTimersByTimeAsync(0);
  expect(owner.dataset['live']).toBe('failed');
  expect(status()).toBe('');
  press('run');
  vi.runAllTimers();
  expect(status()).toContain('could not be loaded');
  expect(heard).toEqual([]);
});

test('an element whose script has not come with the page is given up when no script is awaited', () => {
  vi.useFakeTimers();
  page('never-figure');
  press('run');
  vi.runAllTimers();
  expect(status()).toContain('still loading');
  document.dispatchEvent(new Event('course:scripts'));
  expect(status()).toContain('could not be loaded');
  // What comes after all is taken.
  customElements.define('never-figure', NeverFigure);
  expect(heard).toEqual(['connected']);
  expect(status()).toBe('');
});

test('a link, a popover and a summary need no script and are let through', () => {
  heldBack();
  page('late-figure').innerHTML =
    '<a href="#x" id="link">x</a><button type="button" popovertarget="p" id="open">o</button>';
  const through: string[] = [];
  const note = ({ target, defaultPrevented }: Event): void => {
    if (!defaultPrevented) through.push((target as Element).id);
  };
  document.body.addEventListener('click', note);
  press('link');
  press('open');
  document.body.removeEventListener('click', note);
  expect(through).toEqual(['link', 'open']);
});
