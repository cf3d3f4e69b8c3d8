import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../fixtures/browser.ts';
import { lessonPages } from './fixtures/pages.ts';
import { siteOrigin } from '../fixtures/site-origin.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

async function open(
  path: string,
  width: number,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  try {
    await page.goto(siteOrigin('origin') + path);
    await look(page);
  } finally {
    await context.close();
  }
}

const background = (page: Page): Promise<string> =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

describe('colours', () => {
  it('stay as chosen on the next page, from its first paint', async () => {
    await open('/', 1280, async (page) => {
      const light = await background(page);
      await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
      await expect.poll(() => background(page)).not.toBe(light);
      const dark = await background(page);
      // Without a single script of the page's own, only the one in its head can restore them.
      await page.route('**/*.js', (route) => route.abort());
      await page.goto(`${siteOrigin('origin')}/glossary/`);
      expect(await background(page)).toBe(dark);
    });
  });
});

describe('the skip link', () => {
  it.each([360, 1280])('leads past the outline into the text, at %i px', async (width) => {
    await open(lessonPages()[0] ?? '', width, async (page) => {
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForURL(/#./);
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.closest('article') !== null)).toBe(
        true,
      );
    });
  });
});

describe('the outline', () => {
  it('opens on a narrow page by keyboard alone, and Escape closes it', async () => {
    await open(lessonPages()[0] ?? '', 360, async (page) => {
      const outline = page.getByRole('navigation', { name: 'Course outline' });
      expect(await outline.isVisible()).toBe(false);
      await page.getByRole('button', { name: 'Outline' }).press('Enter');
      await outline.waitFor();
      await page.keyboard.press('Escape');
      await outline.waitFor({ state: 'hidden' });
    });
  });

  it('stands beside the text on a wide page', async () => {
    await open(lessonPages()[0] ?? '', 1280, async (page) => {
      const outline = page.getByRole('navigation', { name: 'Course outline' });
      expect(await outline.isVisible()).toBe(true);
      expect(await page.getByRole('button', { name: 'Outline' }).isVisible()).toBe(false);
    });
  });
});

describe('fonts', () => {
  it('come after the first paint of the first page of a tab, and before that of a later one', async () => {
    await open('/404', 412, async (page) => {
      await page.locator('html[data-fonts]').waitFor();
      await page.evaluate(() => document.fonts.ready.then(() => sessionStorage.clear()));
      await page.addInitScript(() => {
        new MutationObserver((_, observer) => {
          if (document.documentElement?.dataset['fonts'] === undefined) return;
          observer.disconnect();
          performance.mark('fonts');
        }).observe(document, { subtree: true, attributes: true });
      });
      const areBeforePaint = async (path: string): Promise<boolean> => {
        await page.goto(siteOrigin('origin') + path);
        await page.locator('html[data-fonts]').waitFor();
        return page.evaluate(async () => {
          const paint = await new Promise<number>((resolve) => {
            new PerformanceObserver((list) => {
              resolve(list.getEntries()[0]?.startTime ?? 0);
            }).observe({ type: 'paint', buffered: true });
          });
          document.body.getBoundingClientRect();
          await document.fonts.ready;
          return (performance.getEntriesByName('fonts')[0]?.startTime ?? Infinity) < paint;
        });
      };
      const [one = '', two = ''] = lessonPages();
      expect(await areBeforePaint(one)).toBe(false);
      expect(await areBeforePaint(two)).toBe(true);
    });
  });

  it.for(['/', ...lessonPages()])('%s keeps its height when they come late', async (path, test) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    test.onTestFinished(() => context.close());
    const page = await context.newPage();
    const { promise: late, resolve: come } = Promise.withResolvers<undefined>();
    await page.route('**/*.woff2', async (route) => {
      await late;
      await route.continue();
    });
    await page.goto(siteOrigin('origin') + path, { waitUntil: 'domcontentloaded' });
    const hasFallback = await page.evaluate(async () => {
      await document.fonts.load('1rem "Course Text Fallback"').catch(() => undefined);
      const faces = [...document.fonts].filter(({ family }) => family.includes('Text Fallback'));
      return faces.some(({ status }) => status === 'loaded');
    });
    test.skip(!hasFallback, 'this machine has none of the fonts that stand in for ours');
    const height = (): Promise<number> =>
      page.evaluate(() => document.documentElement.scrollHeight);
    const before = await height();
    come(undefined);
    await page.locator('html[data-fonts]').waitFor();
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    const faces = await page.evaluate(() =>
      [...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family),
    );
    expect(faces).toContain('Course Text');
    expect(Math.abs((await height()) - before) / before).toBeLessThan(0.02);
  });
});
