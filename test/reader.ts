/**
 * A reader in a real browser, for tests of pages: each visit is theirs alone, with nothing kept and
 * nothing cached, and a page that complains fails the test.
 */

import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launch } from './browser.ts';

/** Call it once, outside any test. */
export function useReader(): { open(url: string, options?: BrowserContextOptions): Promise<Page> } {
  let browser: Browser;
  const pages: Page[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.context().close()));
    expect(complaints.splice(0)).toEqual([]);
  });

  return {
    async open(url, options = {}) {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      pages.push(page);
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && !isProbe(message.text())) complaints.push(message.text());
      });
      await page.goto(url);
      return page;
    },
  };
}

/** A page asks a static host whether it has functions, and the browser calls the no an error. */
function isProbe(text: string): boolean {
  return text.startsWith('Failed to load resource');
}
