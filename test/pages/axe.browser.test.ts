import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launch } from '../browser.ts';
import { builtPages, visit } from './pages.ts';

const VIEWS = [
  { name: 'light, desktop', colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { name: 'dark, desktop', colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
  { name: 'light, phone', colorScheme: 'light', viewport: { width: 360, height: 740 } },
  { name: 'dark, phone', colorScheme: 'dark', viewport: { width: 360, height: 740 } },
] as const;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

describe.each(VIEWS)('in $name', ({ colorScheme, viewport }) => {
  it.each(builtPages())('%s has no accessibility finding and no complaint', async (path) => {
    const { page, complaints, close } = await visit(browser, inject('origin') + path, {
      colorScheme,
      viewport,
      reducedMotion: 'reduce',
    });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    await close();
    expect(found).toEqual([]);
    expect(sideways).toBeLessThanOrEqual(0);
    // A missing page answers 404, which Chromium reports as an error of its own.
    expect(
      complaints.filter((complaint) => !(path === '/404' && complaint.includes('404'))),
    ).toEqual([]);
  });
});
