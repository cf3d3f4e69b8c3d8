import type { Locator, Page } from 'playwright';
import { expect, inject, test } from 'vitest';
import { useReader } from '../../../../test/fixtures/reader.ts';

const reader = useReader();
let page: Page;

async function open(options: { javaScriptEnabled?: boolean } = {}): Promise<void> {
  page = await reader.open(`${inject('staticOrigin')}/lessons/api-gateway/`, options);
}

const figure = (): Locator => page.locator('bucket-flow');
const part = (name: string): Locator => figure().locator(`[data-part="${name}"]`);

async function guess(): Promise<void> {
  const question = page.locator('#after-a-minute');
  await question.getByLabel('33').check();
  await question.getByRole('button', { name: 'That is my guess' }).click();
  await figure().scrollIntoViewIfNeeded();
  await page.locator('bucket-flow[data-live=""]').waitFor();
}

test('without JavaScript the forty calls of the question stand there, and their table', async () => {
  await open({ javaScriptEnabled: false });
  await part('counts').filter({ hasText: 'The function has served3' }).waitFor();
  expect(await part('table').textContent()).toContain('429, come again after 2 s');
});

test('the calls come one after another, and time can be moved with the keyboard', async () => {
  await open();
  expect(await figure().isVisible()).toBe(false);
  await guess();
  // The page's clock stands still from here on, so that no picture passes unseen.
  await page.getByRole('link', { name: 'A faster one' }).click();
  await part('counts').filter({ hasText: 'Calls so far30' }).waitFor();
  await page.clock.install();
  await figure().getByRole('button', { name: 'Let them come' }).click();
  await page.clock.runFor(1000);
  await part('counts')
    .filter({ hasText: /Calls so far1\d/ })
    .waitFor();
  await figure().getByRole('button', { name: 'Stop' }).click();
  await figure().getByRole('slider', { name: 'Time' }).press('End');
  await part('counts').filter({ hasText: 'Calls so far30' }).waitFor();
  await figure().getByLabel('Tokens, full').fill('lots');
  await part('mistake').filter({ hasText: 'and “lots” came' }).waitFor();
});

test('a link sets all of it', async () => {
  await open();
  await guess();
  await page.getByRole('link', { name: 'All at once' }).click();
  await part('counts').filter({ hasText: 'The function has served10' }).waitFor();
});
