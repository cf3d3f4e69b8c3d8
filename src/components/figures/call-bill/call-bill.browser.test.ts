import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import { useReader } from '../../../../test/fixtures/reader.ts';
import { siteOrigin } from '../../../../test/fixtures/site-origin.ts';

const reader = useReader();
let page: Page;

async function open(options: { javaScriptEnabled?: boolean } = {}): Promise<void> {
  page = await reader.open(`${siteOrigin('origin')}/lessons/pay-per-execution/`, options);
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

/** GB-seconds of the compute line of Lambda's slip, billed with so much memory. */
async function computeLine(memoryMb: number): Promise<number> {
  await bill().locator('[data-part="memory"]').selectOption(String(memoryMb));
  await bill()
    .locator('.used', { hasText: `${memoryMb.toLocaleString('en')} MB` })
    .waitFor();
  const text = await bill().locator('.formula', { hasText: 'GB-second' }).first().textContent();
  return Number(text?.split(' ')[0]);
}

/** What the slip says was measured, in ms. */
async function measured(what: 'in the handler' | 'of CPU'): Promise<number> {
  const said = (await bill().locator('.used').textContent()) ?? '';
  const [, amount, unit] = new RegExp(`([\\d.]+) (m?s) ${what}`).exec(said) ?? [];
  return Number(amount) * (unit === 's' ? 1000 : 1);
}

test.for(['origin', 'staticOrigin'] as const)(
  'four times the memory leaves what computing costs, and makes waiting four times as dear (%s)',
  async (site) => {
    page = await reader.open(`${siteOrigin(site)}/lessons/pay-per-execution/`);
    const demo = page.locator('#one-click');
    await demo.locator('[data-part="guess"]').first().check();
    for (const [cpuMs, waitMs] of [
      [60, 0],
      [0, 600],
    ] as const) {
      await demo.locator('[name="cpuMs"]').fill(String(cpuMs));
      await demo.locator('[name="waitMs"]').fill(String(waitMs));
      // Warm at the second press, or a later one where the machine is too slow for that.
      const press = async (): Promise<string | null> => {
        await demo.locator('[data-part="run"]').click();
        await page.locator('#one-click:not([data-running])').waitFor();
        await bill().locator('[data-part="kind"]', { hasText: 'your run' }).waitFor();
        return bill().locator('.used').textContent();
      };
      await press();
      await expect.poll(press).toContain('warm');
      // Two runs may say the same: how long it waited tells this one from the one before.
      await expect.poll(() => measured('in the handler')).toBeGreaterThan(waitMs - 100);
      const said = (await bill().locator('.used').textContent()) ?? '';
      const ratio = (await computeLine(1024)) / (await computeLine(256));
      // A busy machine lets a click that computes wait as well: what was measured decides.
      const cpu = await measured('of CPU');
      const wait = Math.max(0, (await measured('in the handler')) - cpu);
      const expected = (4 * (wait + (cpu * 1769) / 1024)) / (wait + (cpu * 1769) / 256);
      expect(ratio / expected, said).toBeCloseTo(1, 1);
    }
  },
);
