/** A printed lesson is one that could be handed out. */

import { describe, expect, it } from 'vitest';
import { useReader } from '../fixtures/reader.ts';
import { lessonPages } from './fixtures/pages.ts';
import { siteOrigin } from '../fixtures/site-origin.ts';

const reader = useReader();

describe.each(lessonPages())('%s on paper', (path) => {
  it('prints the number of each fact’s source, and the source under that number', async () => {
    const page = await reader.open(siteOrigin('staticOrigin') + path);
    await page.emulateMedia({ media: 'print' });
    const marks = page.locator('fact-source > a:visible');
    expect(await marks.count()).toBeGreaterThan(0);
    const shown = await page.locator('.sources li').count();
    for (const mark of await marks.all()) {
      const number = Number(await mark.textContent());
      expect(number).toBeLessThanOrEqual(shown);
      expect(await mark.getAttribute('href')).toBe(`#source-${String(number)}`);
      expect(await page.locator(`#source-${String(number)}`).isVisible()).toBe(true);
    }
  });

  it('prints the words that are linked to the glossary', async () => {
    const page = await reader.open(siteOrigin('staticOrigin') + path);
    await page.emulateMedia({ media: 'print' });
    const shown = await page.locator('.prose > p > glossary-term > a:visible').count();
    expect(shown).toBe(await page.locator('.prose > p > glossary-term > a').count());
    expect(shown).toBeGreaterThan(0);
  });

  it('prints no label without what it names, and nothing to press', async () => {
    const page = await reader.open(siteOrigin('staticOrigin') + path);
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
