import type { Locator, Page } from 'playwright';
import { expect, inject, test } from 'vitest';
import { useReader } from '../../../../test/fixtures/reader.ts';

const reader = useReader();
let page: Page;

async function open(options: { javaScriptEnabled?: boolean } = {}): Promise<void> {
  page = await reader.open(`${inject('origin')}/lessons/pay-per-execution/`, options);
}

const bill = (): Locator => page.locator('call-bill').first();

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
  expect(await bill().locator('details').count()).toBe(5);
  await bill().getByText('Azure Functions', { exact: true }).click();
  expect(await bill().getByText('Executions').isVisible()).toBe(true);
});

/** GB-seconds of the compute line of Lambda's slip. */
async function computeLine(of: Locator): Promise<number> {
  const text = await of.locator('.formula', { hasText: 'GB-second' }).first().textContent();
  return Number(text?.split(' ')[0]);
}

test.for(['origin', 'staticOrigin'] as const)(
  'with four times the memory computing costs what it did, and waiting four times as much (%s)',
  async (site) => {
    page = await reader.open(`${inject(site)}/lessons/pay-per-execution/`);
    const demo = page.locator('#one-click');
    for (const [cpuMs, waitMs, least, most] of [
      ['60', '0', 0.9, 1.1],
      ['0', '600', 3.6, 4],
    ] as const) {
      await demo.locator('[name="cpuMs"]').fill(cpuMs);
      await demo.locator('[name="waitMs"]').fill(waitMs);
      // Cold, then warm; the first press may ask for a prediction.
      for (let press = 0; press < 3; press += 1) {
        await demo.locator('[data-part="run"]').click();
        await page.locator('#one-click:not([data-running])').waitFor();
      }
      await bill().locator('.used', { hasText: 'warm' }).waitFor();
      await bill().locator('[data-part="memory"]').selectOption('256');
      await bill().locator('.used', { hasText: '256 MB' }).waitFor();
      const before = await computeLine(bill());
      await bill().locator('[data-part="memory"]').selectOption('1024');
      await bill().locator('.used', { hasText: '1,024 MB' }).waitFor();
      const ratio = (await computeLine(bill())) / before;
      expect(ratio, `${cpuMs} ms of CPU`).toBeGreaterThan(least);
      expect(ratio, `${cpuMs} ms of CPU`).toBeLessThanOrEqual(most);
    }
  },
);
