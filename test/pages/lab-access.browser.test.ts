/** Labs for those who use no mouse, a small screen, or colours of their own. */

import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import { labIds, readLab } from '#src/labs/lab-folder.ts';
import { useReader } from '../fixtures/reader.ts';
import { scrollToLab } from '../fixtures/lab-at-hand.ts';
import { findingsInBothSchemes } from './fixtures/accessibility.ts';
import { siteOrigin } from '../fixtures/site-origin.ts';

const reader = useReader();
const ROOT = process.cwd();
const PATHS = labIds(ROOT).map((id) => {
  const { lesson, lab } = readLab(ROOT, id);
  return lesson === lab ? `/checkpoints/${lab}/` : `/labs/${id}/`;
});
const SHOUT = '/labs/event-in-response-out/shout/';

const status = (page: Page): Locator => page.locator('code-lab [data-part="status"]');

/** What has the focus: its words, or the name that assistive technology has for it. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent.trim() ?? '';
  });
}

/** Presses Tab until this has the focus, and holds that the way there can be seen. */
async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    // The editor marks itself a moment after it has the focus.
    await expect.poll(() => isFocusSeen(page), { message: `the focus on ${at}` }).toBe(true);
    if (at === name) return;
    passed.push(at);
    if (passed.length > 150) throw new Error(`${name} is not reached: ${passed.join(', ')}`);
  }
}

function isFocusSeen(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    for (let one = element; one !== null && one !== document.body; one = one.parentElement) {
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      if (outlineStyle !== 'none' && outlineWidth !== '0px') return true;
    }
    return false;
  });
}

/** Buttons that cannot be told from what is around them in colours that the reader has chosen. */
function unseenButtons(lab: Locator): Promise<string[]> {
  return lab.locator('button:visible').evaluateAll((buttons) =>
    buttons
      .filter((button) => {
        const { color, backgroundColor, borderTopStyle } = getComputedStyle(button);
        return color === backgroundColor || borderTopStyle === 'none';
      })
      .map(({ outerHTML }) => outerHTML),
  );
}

test('a lab is done by keyboard alone', async () => {
  const page = await reader.open(siteOrigin('staticOrigin') + SHOUT);
  await scrollToLab(page);
  await page.locator('.lab-field[data-editor]').waitFor();
  await tabTo(page, 'Your code');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('export default { fetch: () => Response.json({ shout: "HELLO" }) };');
  await page.keyboard.press('Escape');
  await page.getByText('Tab leaves the editor.').waitFor();

  await tabTo(page, 'Run');
  await page.keyboard.press('Enter');
  await status(page).filter({ hasText: 'It answered 200.' }).waitFor();
  await tabTo(page, 'Check');
  await page.keyboard.press('Enter');
  await status(page)
    .filter({ hasText: /\d of \d+ checks pass/ })
    .waitFor();
  await tabTo(page, 'Hint');
  await page.keyboard.press('Space');
  await page.getByText('One call with its answer').first().waitFor();
  await tabTo(page, 'Solution');
  await page.keyboard.press('Enter');
  await page.locator('.lab-beside').waitFor();
  await tabTo(page, 'Put it into the editor');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Tab');
  expect(await focused(page)).toBe('Close');
  await page.keyboard.press('Enter');
  await page.getByText('Say it first').waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('.lab-beside').count()).toBe(0);
  expect(await focused(page)).toBe('Solution');

  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  expect(await focused(page)).toBe('Check');
  await page.keyboard.press('Enter');
  await status(page)
    .filter({ hasText: /^Every check passes/ })
    .waitFor();
  await tabTo(page, 'Reset');
  await page.keyboard.press('Enter');
  await status(page).filter({ hasText: 'This is the start again.' }).waitFor();
});

test.each(PATHS)(
  '%s on a phone, with all that it says: axe finds nothing, and all fits',
  async (path) => {
    const page = await reader.open(siteOrigin('staticOrigin') + path, {
      viewport: { width: 360, height: 740 },
      reducedMotion: 'reduce',
    });
    const lab = page.locator('code-lab[data-live=""]');
    await scrollToLab(page);
    await lab.waitFor();
    const press = (name: string): Promise<void> => lab.locator(`[data-part="${name}"]`).click();
    if ((await lab.locator('[data-part="check"]').count()) > 0) {
      await lab.locator('.lab-field[data-editor]').waitFor();
      await press('run');
      await lab.locator('.lab-ran').waitFor();
      await press('check');
      await status(page)
        .filter({ hasText: /checks pass/ })
        .waitFor();
      const help = lab.locator('.lab-help');
      while ((await lab.locator('.lab-beside').count()) === 0) {
        const shown = await help.count();
        await press('hint');
        await help.nth(shown).waitFor();
      }
    }
    for (const fold of await lab.locator('details:not([open]) > summary').all()) {
      if (await fold.isVisible()) await fold.click();
    }
    expect(await findingsInBothSchemes(page, 'code-lab')).toEqual([]);
    await page.emulateMedia({ forcedColors: 'active' });
    expect(await unseenButtons(lab)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  },
);
