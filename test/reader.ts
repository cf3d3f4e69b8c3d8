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
        if (message.type() === 'error' && !isAnswer(message.text()))
          complaints.push(message.text());
      });
      await page.goto(url);
      return page;
    },
  };
}

/** A demo may ask for a status such as 400, and the browser calls it an error. A 404 is one. */
function isAnswer(text: string): boolean {
  return text.startsWith('Failed to load resource') && !text.includes('status of 404');
}
