import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import { useReader } from '../../../../test/fixtures/reader.ts';
import { siteOrigin } from '../../../../test/fixtures/site-origin.ts';

const reader = useReader();
let page: Page;

async function open(options: { javaScriptEnabled?: boolean } = {}): Promise<void> {
  page = await reader.open(`${siteOrigin('staticOrigin')}/lessons/the-case-against-cost/`, options);
}

const figure = (): Locator => page.locator('denial-of-wallet');
const part = (name: string): Locator => figure().locator(`[data-part="${name}"]`);
const question = (): Locator => page.locator('#where-the-cap');

async function guess(option: string): Promise<void> {
  await question().getByLabel(option).check();
  const press = question().getByRole('button', { name: 'That is my guess' });
  await press.click();
  await figure().scrollIntoViewIfNeeded();
  await page.locator('denial-of-wallet[data-live=""]').waitFor();
}

test('without JavaScript the three bills and the ceiling stand there', async () => {
  await open({ javaScriptEnabled: false });
  for (const text of ['$73.20', '$36.74', '$1.46']) {
    await part('totals').filter({ hasText: text }).waitFor();
  }
  expect(await part('ceiling').textContent()).toContain('The ceiling.');
});

test('the figure waits for the guess that it answers', async () => {
  await open();
  expect(await figure().isVisible()).toBe(false);
  await page.getByText('It comes when you have guessed').waitFor();
  await guess('About 1.50');
  await part('totals').filter({ hasText: '$36.74' }).waitFor();
  await page.reload();
  await figure().waitFor();
});

test('the bill runs to the end of its axis, and a second press stops it', async () => {
  await open();
  await guess('About 37');
  // The page's clock stands still from here on, so that no hour passes unseen.
  await page.clock.install();
  await figure().getByRole('button', { name: 'Let it run' }).click();
  await page.clock.runFor(400);
  await part('totals').filter({ hasText: 'After 3 hours' }).waitFor();
  await figure().getByRole('button', { name: 'Stop it' }).click();
  await figure().getByRole('button', { name: 'Let it run' }).waitFor();
  await figure().getByLabel('Stopped after').press('End');
  await part('totals').filter({ hasText: '$5,270' }).waitFor();
  await figure().getByLabel('Your cap, instances').fill('none');
  await part('mistake').filter({ hasText: 'and “none” came' }).waitFor();
  expect(await part('totals').textContent()).toContain('$5,270');
});

test('the link of the paragraph sets the figure, which then says what the paragraph says', async () => {
  await open();
  await guess('About 37');
  await page.getByRole('link', { name: /^drags the 200/ }).click();
  const row = (guard: string): Locator => part('totals').locator('tr').filter({ hasText: guard });
  await row('A rate at the door').filter({ hasText: '$30.86' }).waitFor();
  await row('A cap in the function').filter({ hasText: '$1.32' }).waitFor();
});
