/** The course on another machine of the room: plain HTTP under a name, which is no secure context. */

import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { launch } from '../fixtures/browser.ts';
import { siteOrigin } from '../fixtures/site-origin.ts';

const HOST = 'class.test';

let browser: Browser;
let page: Page;
const complaints: string[] = [];
beforeAll(async () => {
  browser = await launch([`--host-resolver-rules=MAP ${HOST} 127.0.0.1`]);
});
afterAll(() => browser.close());
afterEach(async () => {
  await page.context().close();
  expect(complaints.splice(0)).toEqual([]);
});

async function open(path: string, site: 'origin' | 'staticOrigin' = 'staticOrigin'): Promise<void> {
  page = await browser.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(siteOrigin(site).replace('localhost', HOST) + path);
  expect(await page.evaluate(() => isSecureContext)).toBe(false);
}

/** What a paste puts into a field of the page now. */
async function pasted(): Promise<string> {
  await page.evaluate(() => {
    document.querySelector('#paste-here')?.remove();
    const field = document.createElement('textarea');
    field.id = 'paste-here';
    document.body.append(field);
    field.focus();
  });
  await page.keyboard.press('ControlOrMeta+V');
  return page.locator('#paste-here').inputValue();
}

it('code is copied all the same', async () => {
  await open('/lessons/what-is-serverless/');
  const source = page.locator('function-source').first();
  await source.getByRole('button', { name: 'Copy' }).click();
  // That the button says so for two seconds is tried in its own test.
  await expect.poll(pasted).toContain('export default');
});

it('so is the link to a figure as it is set up, and it is said', async () => {
  await open('/lessons/pay-per-execution/');
  const figure = page.locator('break-even');
  await figure.scrollIntoViewIfNeeded();
  await page.locator('break-even[data-live=""]').waitFor();
  await figure.locator('[name="ms"]').fill('250');
  await figure.locator('[data-part="link"]').click();
  await figure.getByText('Copied.').waitFor();
  await expect.poll(pasted).toMatch(new RegExp(`^http://${HOST}:.*#break-even\\?.*ms=250`));
});

it('who may not choose how a burst is scaled is not asked, and nothing is refused', async () => {
  await open('/lessons/scale-to-zero/', 'origin');
  const lab = page.locator('burst-lab');
  await lab.scrollIntoViewIfNeeded();
  await lab.locator('[data-part="way"]').waitFor({ state: 'hidden' });
  expect(await lab.locator('[name="calls"]').isVisible()).toBe(true);
});
