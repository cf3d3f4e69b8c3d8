// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { chosenPlace } from '#src/demo/places/choose.ts';
import './element.ts';

const json = (value: unknown) =>
  new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json' } });

/** A bare static host: files, and a page for everything else. */
function staticHost(url: string): Promise<Response> {
  if (url.endsWith('_tab/functions.json')) return Promise.resolve(json([]));
  return Promise.resolve(new Response('<!doctype html>', { status: 404 }));
}

function open(): void {
  document.body.innerHTML = `<place-choice><details data-part="details">
    <summary>Where does it run?</summary><fieldset data-part="choices"></fieldset></details></place-choice>`;
  const details = document.querySelector('details');
  if (details) details.open = true;
}

const options = (): HTMLInputElement[] => [...document.querySelectorAll('input')];

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal('fetch', staticHost);
});
afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

test('every place is named, with why it cannot be chosen here', async () => {
  open();
  await vi.waitFor(() => expect(options()).toHaveLength(3));
  expect(options().map(({ value, disabled, checked }) => [value, disabled, checked])).toEqual([
    ['local', true, false],
    ['cloud', true, false],
    ['tab', false, true],
  ]);
  expect(document.body.textContent).toContain('run npm start');
});

test('a choice is kept', async () => {
  open();
  await vi.waitFor(() => expect(options()).toHaveLength(3));
  expect(chosenPlace()).toBeNull();
  const tab = options()[2];
  tab?.dispatchEvent(new Event('change', { bubbles: true }));
  await vi.waitFor(() => expect(chosenPlace()).toBe('tab'));
});

test('where the page is no secure context it works as well', async () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
  open();
  await vi.waitFor(() => expect(options()).toHaveLength(3));
});

test('when the server is gone, it says so instead of looking for ever', async () => {
  vi.resetModules();
  vi.doMock('./options.ts', () => {
    throw new TypeError('Failed to fetch dynamically imported module');
  });
  open();
  await vi.waitFor(() => expect(document.body.textContent).toMatch(/does not answer.*Start it/));
  vi.doUnmock('./options.ts');
});
