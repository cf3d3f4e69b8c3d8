import type { BrowserContextOptions, Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import { useReader } from '../../../../test/fixtures/reader.ts';
import { siteOrigin } from '../../../../test/fixtures/site-origin.ts';

const LESSON = '/lessons/scale-to-zero/';

const reader = useReader();
let page: Page;

async function open(path: string, options: BrowserContextOptions = {}): Promise<void> {
  page = await reader.open(siteOrigin('staticOrigin') + path, options);
}

const part = (name: string): Locator => page.locator(`day-of-traffic [data-part="${name}"]`);
const said = (): Promise<string | null> => part('provenance').textContent();

/** Resolves when the figure tells something else than `before`. */
async function changed(before: string | null): Promise<void> {
  await page.waitForFunction(
    (text) =>
      document.querySelector('day-of-traffic [data-part="provenance"]')?.textContent !== text,
    before,
  );
}

test('a day is simulated in workers, and its link opens the same day in another browser', async () => {
  await open(LESSON);
  await page.locator('day-of-traffic').scrollIntoViewIfNeeded();
  await part('link').and(page.locator('[href*="?"]')).waitFor();
  let before = await said();
  await page.locator('day-of-traffic [name="traffic"]').selectOption('quiet');
  await changed(before);
  before = await said();
  await page.locator('day-of-traffic [value="one-server"]').uncheck();
  await changed(before);
  const totals = await part('totals').innerHTML();
  expect(await part('charts').locator('.way').count()).toBe(3);

  const link = await part('link').evaluate((anchor) => (anchor as HTMLAnchorElement).href);
  expect(link).toContain('#day?traffic=quiet');
  await open(LESSON + new URL(link).hash);
  await page.waitForFunction(() => document.querySelectorAll('day-of-traffic .way').length === 3);
  expect(await part('totals').innerHTML()).toBe(totals);
});

test('a hundred calls a second all day are a first look, and every call can be asked for and cancelled', async () => {
  await open(`${LESSON}#day?traffic=steady&on=one-server&on=lambda`);
  await part('provenance').filter({ hasText: 'A first look' }).waitFor();
  await part('whole').click();
  await part('progress').and(page.locator(':visible')).waitFor();
  await part('cancel').click();
  await part('status').filter({ hasText: 'Cancelled' }).waitFor();
  expect(await said()).toContain('A first look');
});

test('the slider moves through the day by keyboard alone', async () => {
  await open(`${LESSON}#day?traffic=quiet&on=lambda`);
  await part('at').filter({ hasText: '12:00 to 12:15' }).waitFor();
  await part('moment').focus();
  await page.keyboard.press('ArrowRight');
  await part('at').filter({ hasText: '12:15 to 12:30' }).waitFor();
  await page.keyboard.press('End');
  await part('at').filter({ hasText: '23:45 to 24:00' }).waitFor();
});

test('on a phone nothing runs over the side, with every table open', async () => {
  await open(`${LESSON}#day?traffic=quiet&on=lambda&on=cloud-run&on=knative&on=one-server`, {
    viewport: { width: 360, height: 800 },
  });
  await part('provenance')
    .filter({ hasText: /^Simulated: \d\d/ })
    .waitFor();
  const sideways = await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
    return document.documentElement.scrollWidth - window.innerWidth;
  });
  expect(sideways).toBeLessThanOrEqual(0);
});

test('without JavaScript a simulated day stands there, in pictures and in tables', async () => {
  await open(LESSON, { javaScriptEnabled: false });
  expect(await part('charts').locator('svg[role="img"]').count()).toBe(4);
  expect(await part('totals').locator('tbody tr').count()).toBe(4);
  expect(await part('twin').locator('tbody tr').count()).toBe(6);
});

test('dials that are turned by keyboard reach the goal', async () => {
  await open(LESSON);
  const dial = (name: string): Locator => page.locator(`trade-off [name="${name}"]`);
  await page.locator('trade-off').scrollIntoViewIfNeeded();
  await page.locator('trade-off [data-part="link"][href*="?"]').waitFor();
  await dial('concurrency').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await dial('keep').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const verdict = page.locator('trade-off [data-part="verdict"]');
  await verdict.filter({ hasText: 'That meets the goal.' }).waitFor();
  expect(await verdict.textContent()).toContain('Kept 1 min, up to 5 calls at once');
});
