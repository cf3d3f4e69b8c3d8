/** A printed lesson is one that could be handed out. */

import { describe, expect, inject, it } from 'vitest';
import { useReader } from '../fixtures/reader.ts';
import { lessonPages } from './fixtures/pages.ts';

const reader = useReader();

describe.each(lessonPages())('%s on paper', (path) => {
  it('prints sources as a list, by the numbers of their marks, and not into sentences', async () => {
    const page = await reader.open(inject('staticOrigin') + path);
    await page.locator('fact-source[data-live]').first().waitFor({ state: 'attached' });
    await page.emulateMedia({ media: 'print' });
    const notes = page.locator('.print-notes li');
    await notes.first().waitFor();
    expect(await page.locator('fact-source:visible').count()).toBe(0);
    expect(await notes.count()).toBe(await page.locator('.fact:visible').count());
    await page.emulateMedia({ media: 'screen' });
    await expect.poll(() => notes.count()).toBe(0);
  });

  it('prints no label without what it names, and nothing to press', async () => {
    const page = await reader.open(inject('staticOrigin') + path);
    await page.emulateMedia({ media: 'print' });
    const empty = await page
      .locator('.field:visible')
      .evaluateAll((fields) =>
        fields
          .filter((field) =>
            [...field.querySelectorAll('input, select, textarea, output')].every(
              (one) => !one.checkVisibility(),
            ),
          )
          .map((field) => field.textContent),
      );
    expect(empty).toEqual([]);
    const pressed = page.locator('button:visible, input[type="range"]:visible, [data-part="link"]');
    expect(await pressed.locator('visible=true').count()).toBe(0);
  });
});

it('without JavaScript a source is printed after its fact', async () => {
  const path = lessonPages()[0] ?? '';
  const page = await reader.open(inject('staticOrigin') + path, { javaScriptEnabled: false });
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.fact fact-source').first().isVisible()).toBe(true);
  expect(await page.locator('.fact .fact-mark').first().isVisible()).toBe(false);
});
