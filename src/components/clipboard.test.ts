// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';
import { copyText } from './clipboard.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
  Reflect.deleteProperty(document, 'execCommand');
});

/** What the old way finds selected when it is asked to copy. */
function withSelection(works: boolean): string[] {
  const copied: string[] = [];
  Object.assign(document, {
    execCommand: () => {
      const field = document.activeElement;
      if (field instanceof HTMLTextAreaElement) copied.push(field.value);
      return works;
    },
  });
  return copied;
}

test('text goes into the clipboard', async () => {
  const writeText = vi.fn(() => Promise.resolve());
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  expect(await copyText('code')).toBe(true);
  expect(writeText).toHaveBeenCalledWith('code');
});

test.each([
  ['there is no clipboard', {}],
  ['it refuses', { clipboard: { writeText: () => Promise.reject(new Error('not allowed')) } }],
])('where %s a selection is copied, and the focus stays where it was', async (_what, navigator) => {
  vi.stubGlobal('navigator', navigator);
  const copied = withSelection(true);
  document.body.innerHTML = '<button>Copy</button>';
  document.querySelector('button')?.focus();
  expect(await copyText('code')).toBe(true);
  expect(copied).toEqual(['code']);
  expect(document.activeElement?.localName).toBe('button');
  expect(document.querySelector('textarea')).toBeNull();
});

test('where nothing can be copied it is told', async () => {
  vi.stubGlobal('navigator', {});
  withSelection(false);
  expect(await copyText('code')).toBe(false);
});
