// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';
import { announceAnswer } from '#src/demo/places/announce.ts';
import './element.ts';

function render(): { proof: Element | null; copy: HTMLButtonElement | null } {
  document.body.innerHTML = `<function-source data-function="/api/hello" data-code="abc">
    <span data-part="proof"></span><button data-part="copy">Copy</button><pre>code</pre>
  </function-source>`;
  return {
    proof: document.querySelector('[data-part="proof"]'),
    copy: document.querySelector('button'),
  };
}

afterEach(() => document.body.replaceChildren());

test('a run of this very source is said to be one', () => {
  const { proof } = render();
  announceAnswer('/api/hello', 'abc');
  expect(proof?.textContent).toBe('✓ This is the code that ran.');
});

test('a run of another source is a fault, and the cure is named', () => {
  const { proof } = render();
  announceAnswer('/api/hello', '0123456789');
  expect(proof?.textContent).toBe('✗ Another source ran, 01234567. Reload the page.');
  expect(proof?.getAttribute('data-state')).toBe('fault');
});

test('a run of another function says nothing about this one', () => {
  const { proof } = render();
  announceAnswer('/api/counter', 'abc');
  expect(proof?.textContent).toBe('');
});

test('where it cannot be copied it is selected, and the reader told', async () => {
  vi.stubGlobal('navigator', {});
  const { copy } = render();
  copy?.click();
  await vi.waitFor(() => expect(copy?.textContent).toContain('now press'));
  expect(getSelection()?.toString()).toBe('code');
});

test('the code is copied as it is shown', async () => {
  const writeText = vi.fn((_text: string) => Promise.resolve());
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  const { copy } = render();
  copy?.click();
  await vi.waitFor(() => expect(copy?.textContent).toBe('Copied'));
  expect(writeText).toHaveBeenCalledWith('code');
});
