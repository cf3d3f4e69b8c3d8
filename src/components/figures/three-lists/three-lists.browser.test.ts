import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import { useReader } from '../../../../test/fixtures/reader.ts';
import { siteOrigin } from '../../../../test/fixtures/site-origin.ts';

const LESSON = '/lessons/the-case-against-cost/';

const reader = useReader();
let page: Page;

async function open(hash = '', options: { javaScriptEnabled?: boolean } = {}): Promise<void> {
  page = await reader.open(`${siteOrigin('staticOrigin')}${LESSON}${hash}`, options);
  if (options.javaScriptEnabled === false) return;
  await figure().scrollIntoViewIfNeeded();
  await page.locator('three-lists[data-live=""]').waitFor();
}

const figure = (): Locator => page.locator('three-lists');
const part = (name: string): Locator => figure().locator(`[data-part="${name}"]`);
const says = (text: string | RegExp): Promise<void> =>
  part('totals').filter({ hasText: text }).waitFor();
async function type(label: string, value: string): Promise<void> {
  await figure().getByLabel(label, { exact: true }).fill(value);
  await figure().getByLabel(label, { exact: true }).press('Tab');
}

test('without JavaScript a whole day stands there, priced, and its table', async () => {
  await open('', { javaScriptEnabled: false });
  await says('$10.33');
  expect(await figure().getByRole('img').first().getAttribute('aria-label')).toContain('A month:');
  expect(await part('table').locator('tr').count()).toBeGreaterThan(4);
});

test('one call a minute costs 0.05 against 12.26; a month of a thousand a second 2,716', async () => {
  await open();
  await figure().getByLabel('Busiest hour').press('Home');
  await type('Calls a month', '43800');
  await says('$0.05');
  await says('$12.26');
  await type('Calls a month', '2628000000');
  await says('$2,715.60');
});

test('a link of the lesson sets the figure, and a shared one opens the same in a fresh browser', async () => {
  await open();
  await page.getByRole('link', { name: 'in a sharp peak', exact: true }).click();
  await says('200 million calls');
  const link = await part('link').getAttribute('href');
  await open(link ?? '');
  await says('200 million calls');
});

test('the reader’s own hours: nonsense is refused and stays typed, and a year is drawn', async () => {
  await open();
  await figure().getByText('Your own month').click();
  const field = figure().locator('textarea');
  await field.fill('12, 40, many');
  await part('mistake').filter({ hasText: 'Hour 3 says “many”' }).waitFor();
  await says('10 million calls');
  expect(await field.inputValue()).toBe('12, 40, many');
  const paste = (text: string): Promise<void> =>
    field.evaluate((area, pasted) => {
      (area as HTMLTextAreaElement).value = pasted;
      area.dispatchEvent(new Event('input', { bubbles: true }));
      area.dispatchEvent(new Event('change', { bubbles: true }));
    }, text);
  await paste('GET / 200\n'.repeat(30_000));
  await part('mistake').filter({ hasText: 'characters came' }).waitFor();
  await paste('36000 '.repeat(8760));
  await says('Your 8,760 hours');
  await part('own').filter({ hasText: 'So many do not fit into a link' }).waitFor();
  expect(new URL(page.url()).hash.length).toBeLessThan(500);
});

test('every control may be moved early, twice and to its ends, and every sum stays a sum', async () => {
  await open();
  for (const name of ['Calls a month, in steps of about a tenth', 'Busiest hour', 'Computing']) {
    const slider = figure().getByRole('slider', { name });
    for (const key of ['End', 'End', 'Home', 'Home', 'ArrowRight']) await slider.press(key);
  }
  await figure().getByText('What a call takes').click();
  for (const box of await figure().getByRole('checkbox').all()) {
    await box.check();
    await box.uncheck();
    await box.check();
  }
  await figure().getByRole('combobox').selectOption('rest');
  await says('$');
  expect(await part('totals').textContent()).not.toMatch(/NaN|Infinity|undefined/);
});
