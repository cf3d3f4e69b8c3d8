import type { Locator, Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { FUNCTION_TABLES } from '#faas/prices/catalog.ts';
import { useReader } from '../../../../test/fixtures/reader.ts';
import { priceTableName } from './comparison.ts';
import { siteOrigin } from '../../../../test/fixtures/site-origin.ts';

const LESSON = '/lessons/pay-per-execution/';

const reader = useReader();
let page: Page;

/** A fresh browser: nothing kept, nothing cached. */
async function open(hash = '', options: { javaScriptEnabled?: boolean } = {}): Promise<void> {
  page = await reader.open(`${siteOrigin('staticOrigin')}${LESSON}${hash}`, options);
  if (options.javaScriptEnabled === false) return;
  await figure().scrollIntoViewIfNeeded();
}

const figure = (): Locator => page.locator('break-even');
const part = (name: string): Locator => figure().locator(`[data-part="${name}"]`);
const field = (label: string): Locator => figure().getByLabel(label, { exact: true });
const choice = (name: string): Locator => figure().getByRole('combobox', { name });

/** Waits until the explorer's words say so. */
async function says(text: string | RegExp): Promise<void> {
  await part('verdict').filter({ hasText: text }).waitFor();
}

async function type(label: string, value: number): Promise<void> {
  await field(label).fill(String(value));
  await field(label).press('Tab');
}

describe('the derived facts, through the figure’s own controls', () => {
  test('T09-13: 11.87 million, 4.5 a second; with the free tier 18.5 million', async () => {
    await open();
    await says('11.87 million calls a month, 4.5 a second');
    await field('Free tier').check();
    await says('18.51 million calls a month');
  });

  test('T09-14: 34.88 million, 13.3 a second, against Fargate', async () => {
    await open();
    await choice('Kind').selectOption({ label: 'Fargate (x86), 1 vCPU, 2 GB' });
    await says('34.88 million calls a month, 13.3 a second');
  });

  test('T09-15: 3.47 million for a gigabyte and 200 ms, 40 million for 128 MB and 50 ms', async () => {
    await open();
    await type('Milliseconds a call', 200);
    await type('Memory, MB', 1024);
    await says('3.47 million calls a month, 1.3 a second');
    await type('Milliseconds a call', 50);
    await type('Memory, MB', 128);
    await says(/ 40\.\d+ million calls a month/);
  });
});

test('a shared link opens the same state in a fresh browser', async () => {
  await open();
  await type('Milliseconds a call', 200);
  await type('Memory, MB', 1024);
  await choice('Kind').selectOption('own-machine');
  await type('USD a month', 6.5);
  await type('Calls a month', 2_500_000);
  await says('your own machine $6.50');
  const said = await part('verdict').textContent();
  const chart = await part('chart').innerHTML();
  const hash = await part('link').evaluate((link) => (link as HTMLAnchorElement).hash);
  await expect.poll(() => page.url()).toContain(hash);
  await page.context().close();

  await open(hash);
  await says('your own machine $6.50');
  expect(await part('verdict').textContent()).toBe(said);
  expect(await part('chart').innerHTML()).toBe(chart);
  expect(await field('USD a month').inputValue()).toBe('6.5');
  expect(await figure().evaluate((it) => it.getBoundingClientRect().top < innerHeight)).toBe(true);
});

test('a link in the text sets the figure', async () => {
  await open();
  await says('11.87 million');
  await page.locator('.prose > p a[href*="gateway=1"]').click();
  await says('6.03 million');
  expect(await field('API gateway').isChecked()).toBe(true);
});

test('it is worked with the keyboard alone', async () => {
  await open();
  await says('11.87 million');
  await part('slider').focus();
  await page.keyboard.press('End');
  await says(/At 1 billion calls a month.*The machine is cheaper/);
  await page.keyboard.press('Home');
  await says(/At 1,000 calls a month.*The function is cheaper/);
  await choice('Provider').focus();
  await page.keyboard.press('ArrowDown');
  await says('AWS Lambda (Arm, on demand)');
  await field('API gateway').focus();
  await page.keyboard.press('Space');
  await says('AWS API Gateway');
  const everyone = figure().getByText('Every provider, side by side');
  await everyone.focus();
  await page.keyboard.press('Enter');
  await part('everyone').getByText('Cloudflare Workers (Paid)').waitFor();
});

test('a number that is none is told, and the picture waits', async () => {
  await open();
  await says('11.87 million');
  await type('Milliseconds a call', 0);
  await part('mistake')
    .filter({ hasText: 'Milliseconds a call: expected a number from 1' })
    .waitFor();
  expect(await part('verdict').textContent()).toContain('11.87 million');
});

test('every provider is drawn against every machine', async () => {
  await open();
  // What is folded away is drawn by the page alone: when it is there, the explorer is at work.
  await figure().getByText('Every provider, side by side').click();
  await part('everyone').getByText('Cloudflare Workers (Paid)').waitFor();
  const names = Object.fromEntries(
    FUNCTION_TABLES.map((table) => [table.id, priceTableName(table)]),
  );
  const named = await figure().evaluate(async (element, names) => {
    const [fns, machines] = element.querySelectorAll('select');
    const named: boolean[] = [];
    for (const fn of fns?.options ?? []) {
      for (const machine of machines?.options ?? []) {
        fn.selected = true;
        machine.selected = true;
        fns?.dispatchEvent(new Event('change', { bubbles: true }));
        const chart = element.querySelector('[data-part="chart"] svg');
        named.push(chart?.ariaLabel?.includes(names[fn.value] ?? 'no name') === true);
      }
    }
    return named;
  }, names);
  expect(named.length).toBeGreaterThanOrEqual(72);
  expect(named).not.toContain(false);
});

test('without JavaScript the first frame stands there, and no dead control', async () => {
  await open('', { javaScriptEnabled: false });
  expect(await part('chart').locator('svg[role="img"]').isVisible()).toBe(true);
  expect(await part('verdict').textContent()).toContain('11.87 million calls a month');
  expect(await part('working').textContent()).toContain('730 hours × 0.0168 USD = $12.26');
  for (const control of await figure().locator('input, select, [data-part="link"]').all()) {
    expect(await control.isVisible()).toBe(false);
  }
});
