// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import './element.ts';

const fetched = vi.fn<typeof fetch>();
const open = async (): Promise<void> => {
  const fold = document.querySelector('details') as HTMLDetailsElement;
  fold.open = false;
  fold.open = true;
  fold.dispatchEvent(new Event('toggle'));
  await vi.waitFor(() => expect(fetched).toHaveBeenCalled());
  await Promise.allSettled(fetched.mock.results.map(({ value }) => value as Promise<Response>));
};
const text = (): string => document.querySelector('[data-part="text"]')?.textContent.trim() ?? '';

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal('fetch', fetched);
  document.body.innerHTML = `<folded-page><details data-part="fold"><summary>More</summary>
    <div data-part="text"><p><a href="/more/" data-part="link">On a page of its own</a></p></div></details></folded-page>`;
});
afterEach(() => vi.unstubAllGlobals());

it('shows the text of the page that it stands for, asked for once', async () => {
  fetched.mockResolvedValue(
    new Response('<h1>Page</h1><div data-folded><p>What is new.</p></div>'),
  );
  await open();
  await vi.waitFor(() => expect(text()).toBe('What is new.'));
  await open();
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(fetched.mock.calls[0]?.[0]).toMatch(/\/more\/$/);
});

it.each([
  ['no answer comes', () => Promise.reject(new TypeError('Failed to fetch'))],
  ['there is no such page', () => Promise.resolve(new Response('', { status: 404 }))],
  ['the page has no such part', () => Promise.resolve(new Response('<p>Sign in</p>'))],
])('keeps the link when %s', async (_, answer) => {
  fetched.mockImplementation(answer);
  await open();
  expect(text()).toBe('On a page of its own');
});
