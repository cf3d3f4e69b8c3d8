import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../fixtures/browser.ts';
import { findings } from './fixtures/accessibility.ts';
import { builtPages, visit } from './fixtures/pages.ts';
import { siteOrigin } from '../fixtures/site-origin.ts';

const VIEWS = [
  { name: 'on a desktop', viewport: { width: 1280, height: 900 } },
  { name: 'on a phone', viewport: { width: 360, height: 740 } },
] as const;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

describe.each(VIEWS)('$name', ({ viewport }) => {
  it.each(builtPages())('%s has no accessibility finding and no complaint', async (path) => {
    const { page, complaints, close } = await visit(browser, siteOrigin('origin') + path, {
      colorScheme: 'light',
      viewport,
      reducedMotion: 'reduce',
    });
    const inLight = await findings(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    const inDark = await findings(page);
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    await close();
    expect({ inLight, inDark }).toEqual({ inLight: [], inDark: [] });
    expect(sideways).toBeLessThanOrEqual(0);
    // A missing page answers 404, which Chromium reports as an error of its own.
    expect(
      complaints.filter((complaint) => !(path === '/404' && complaint.includes('404'))),
    ).toEqual([]);
  });
});
