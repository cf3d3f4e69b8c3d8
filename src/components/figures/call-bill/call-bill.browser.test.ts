import type { Locator, Page } from 'playwright';
import { expect, inject, test } from 'vitest';
import { useReader } from '../../../../test/fixtures/reader.ts';

const reader = useReader();
let page: Page;

async function open(options: { javaScriptEnabled?: boolean } = {}): Promise<void> {
  page = await reader.open(`${inject('origin')}/lessons/pay-per-execution/`, options);
}

const bill = (): Locator => page.locator('call-bill');

test('the reader’s own run is billed in the place of the recorded one', async () => {
  await open();
  expect(await bill().locator('[data-part="kind"]').textContent()).toContain('recorded');
  const demo = page.locator('#one-click');
  await demo.locator('[data-part="guess"]').first().check();
  await demo.locator('[data-part="run"]').click();
  await bill().locator('[data-part="kind"]', { hasText: 'your run' }).waitFor();
  expect(await bill().locator('.used').textContent()).toMatch(/^One click: 1 request, /);
  await bill().getByText('Cloudflare Workers', { exact: true }).click();
  await bill().getByText('CPU-ms × 0.02 USD').waitFor();
});

test('without JavaScript every slip can be opened', async () => {
  await open({ javaScriptEnabled: false });
  expect(await bill().locator('details').count()).toBe(8);
  await bill().getByText('Azure Functions', { exact: true }).click();
  expect(await bill().getByText('Executions').isVisible()).toBe(true);
});
