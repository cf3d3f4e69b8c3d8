import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveFiles, type FileServer } from '../fixtures/file-server.ts';
import { describeInEngines, seenText } from '../fixtures/engines.ts';
import type { EnginePage } from '../fixtures/engines/engine-page.ts';
import { useReader } from '../fixtures/reader.ts';
import { silenceOf } from '../fixtures/silence.ts';

/*
 * The site as a project site has it, under a path of a host that only serves files. With a slash at
 * the end of `--base` it is the same: `src/site/one-base.ts`.
 */

const BASE = '/course';
const SITE = 'https://example.org';
const FOLDER = 'test/results/under-base';
const DEMO = '#hello';
/** A handler; and named functions that import those of an earlier lab. */
const LAB_OF_HANDLER = 'labs/event-in-response-out/shout/';
const LAB_OF_ENTRY = 'labs/the-case-against-cost/cheapest/';
const BUILD_LIMIT_MS = 600_000;

const reader = useReader();

const isFile = (address: string): boolean => /\.\w+$/.test(address);

/** Everything on this host that a page names, without fragments. */
function named(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('[href], [src]')]
      .map((element) => element.getAttribute('href') ?? element.getAttribute('src') ?? '')
      .filter((address) => !address.startsWith('#'))
      .map((address) => new URL(address, location.href))
      .filter(({ origin }) => origin === location.origin)
      .map(({ origin, pathname }) => origin + pathname),
  );
}

describe(`built with --base ${BASE}`, () => {
  let files: FileServer;

  beforeAll(async () => {
    const astro = 'node_modules/astro/bin/astro.mjs';
    const args = ['build', '--base', BASE, '--site', SITE, '--outDir', FOLDER];
    execFileSync(process.execPath, [astro, ...args], {
      env: { ...process.env, NODE_ENV: 'production', ASTRO_TELEMETRY_DISABLED: '1' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    files = await serveFiles(FOLDER, `${BASE}/`);
  }, BUILD_LIMIT_MS);
  afterAll(() => files.stop());

  const home = (): string => `${files.origin}${BASE}/`;
  const built = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');

  test('every page that can be reached names and asks for nothing outside the base, and all is there', async () => {
    const page = await reader.open('about:blank');
    const untilSilent = silenceOf(page);
    const seen = new Set([home()]);
    // Also what is added on the way.
    for (const address of seen) {
      if (isFile(address)) {
        expect((await fetch(address)).status, address).toBe(200);
        continue;
      }
      await page.goto(address);
      await untilSilent();
      for (const name of await named(page)) seen.add(name);
    }
    const pages = [...seen].filter((address) => !isFile(address));
    expect([...seen].filter((address) => !address.startsWith(home()))).toEqual([]);
    expect(files.missed).toEqual([]);
    expect(pages.filter((address) => address.includes('/lessons/')).length).toBeGreaterThan(1);
  });

  test('a demo runs in the tab, and what a page asks for later is under the base too', async () => {
    const page = await reader.open(`${home()}lessons/what-is-serverless/`);
    const demo = page.locator('#hello');
    await demo.locator('[data-part="run"]').click();
    await demo.locator('[data-part="status"]').filter({ hasText: 'Status 200' }).waitFor();
    expect(await demo.locator('[data-part="ran"]').first().textContent()).toContain('Hello, Ada!');

    const term = page.locator('glossary-term a').first();
    await term.hover();
    await page.locator('glossary-term .popup').first().waitFor();
    const source = page.waitForResponse(/\/facts\/[\w-]+\.json$/);
    await page.locator('fact-source').first().hover();
    expect((await source).status()).toBe(200);
    expect(files.missed).toEqual([]);
  });

  test('what is kept in the browser has a name of this site’s own', async () => {
    const page = await reader.open(`${home()}lessons/what-is-serverless/`);
    await page.evaluate(() => localStorage.setItem('scale-to-zero.theme', 'dark'));
    await page.reload();
    expect(await page.locator('html').getAttribute('data-theme')).toBeNull();
    await page.evaluate(() => localStorage.setItem('/course/scale-to-zero.theme', 'dark'));
    await page.reload();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  });

  test('search engines and previews of links get whole addresses under the base', () => {
    expect(built('robots.txt')).toContain(`Sitemap: ${SITE}${BASE}/sitemap-index.xml`);
    expect(built('sitemap-0.xml')).toContain(
      `<loc>${SITE}${BASE}/lessons/what-is-serverless/</loc>`,
    );
    const lesson = built('lessons/what-is-serverless/index.html');
    expect(lesson).toContain(
      `<link rel="canonical" href="${SITE}${BASE}/lessons/what-is-serverless/">`,
    );
    expect(lesson).toContain(`<meta property="og:image" content="${SITE}${BASE}/social.png">`);
  });

  test('a page that search engines are to leave out is in no sitemap', () => {
    const unlisted = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('index.html') && built(file).includes('content="noindex"'))
      .map((file) => `${SITE}${BASE}/${file.split(sep).slice(0, -1).join('/')}/`);
    expect(unlisted).toContain(`${SITE}${BASE}/progress/`);
    const sitemap = built('sitemap-0.xml');
    expect(unlisted.filter((address) => sitemap.includes(`<loc>${address}</loc>`))).toEqual([]);
  });

  test('the manifest names its icons from where it stands', async () => {
    const manifest = JSON.parse(built('site.webmanifest')) as {
      start_url: string;
      icons: { src: string }[];
    };
    const addresses = [manifest.start_url, ...manifest.icons.map(({ src }) => src)];
    for (const address of addresses) {
      const url = new URL(address, `${home()}site.webmanifest`).href;
      expect(url.startsWith(home())).toBe(true);
      expect((await fetch(url)).status, url).toBe(200);
    }
  });

  /** What a page has asked for, but for what it made itself. */
  const askedBy = async (page: EnginePage): Promise<string[]> => {
    const asked = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name),
    );
    return asked.filter((address) => !/^(blob|data):/.test(address));
  };

  describeInEngines('a lab', (open) => {
    test.each([LAB_OF_HANDLER, LAB_OF_ENTRY])(
      '%s runs and is checked, and nothing is asked for outside the base',
      async (path) => {
        const page = await open(`${home()}${path}`);
        const lab = 'code-lab';
        await page.click(`${lab} [data-part="run"]`);
        await expect.poll(() => seenText(page, `${lab} .lab-ran`)).toMatch(/\S/);
        await page.click(`${lab} [data-part="check"]`);
        await expect
          .poll(() => seenText(page, `${lab} [data-part="status"]`))
          .toMatch(/^\d+ of \d+ checks pass/);
        await page.click(`${lab} [data-part="hint"]`);
        await expect.poll(() => seenText(page, `${lab} .lab-help`)).toMatch(/\S/);
        const asked = await askedBy(page);
        expect(asked.filter((address) => !address.startsWith(home()))).toEqual([]);
        expect(asked.some((address) => address.endsWith('/help.json'))).toBe(true);
        expect(files.missed).toEqual([]);
      },
    );
  });

  describeInEngines('a demo', (open) => {
    test('runs, and nothing is asked for outside the base', async () => {
      const page = await open(`${home()}lessons/what-is-serverless/`);
      await page.click(`${DEMO} [data-part="run"]`);
      await expect
        .poll(() => seenText(page, `${DEMO} [data-part="status"]`))
        .toMatch(/^Status 200/);
      expect(await seenText(page, `${DEMO} [data-part="ran"]`)).toContain('Hello, Ada!');
      const asked = await askedBy(page);
      expect(asked.filter((address) => !address.startsWith(home()))).toEqual([]);
      expect(files.missed).toEqual([]);
    });
  });
});
