/** The course on another machine of the room: plain HTTP under a name, which is no secure context. */

import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { launch } from '../fixtures/browser.ts';

const HOST = 'class.test';

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launch([`--host-resolver-rules=MAP ${HOST} 127.0.0.1`]);
});
afterAll(() => browser.close());
afterEach(() => page.context().close());

async function open(path: string): Promise<void> {
  page = await browser.newPage();
  await page.goto(inject('staticOrigin').replace('localhost', HOST) + path);
  expect(await page.evaluate(() => isSecureContext)).toBe(false);
}

/** What a paste would put into a field of the page. */
async function pasted(): Promise<string> {
  await page.evaluate(() => {
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
  await source.getByRole('button', { name: 'Copied' }).waitFor();
  expect(await pasted()).toContain('export default');
});

it('so is the link to a figure as it is set up, and it is said', async () => {
  await open('/lessons/pay-per-execution/');
  const figure = page.locator('break-even');
  await figure.locator('[name="ms"]').fill('250');
  await figure.locator('[data-part="link"]').click();
  await figure.getByText('Copied.').waitFor();
  expect(await pasted()).toMatch(new RegExp(`^http://${HOST}:.*#break-even\\?.*ms=250`));
});
