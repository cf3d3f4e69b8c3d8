import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import { CONTROLS } from '#faas/api.ts';
import { useReader } from '../../../../test/fixtures/reader.ts';
import { siteOrigin } from '../../../../test/fixtures/site-origin.ts';

const LESSON = '/lessons/scale-to-zero/';
const BURST = '#burst?calls=4&every=20&work=100';

const reader = useReader();
let page: Page;

async function open(url: string, options: { javaScriptEnabled?: boolean } = {}): Promise<void> {
  page = await reader.open(url, options);
}

const part = (name: string): Locator => page.locator(`burst-lab [data-part="${name}"]`);

async function runs(where: string): Promise<void> {
  await part('instances').fill('4');
  await page.locator('burst-lab [value="all of them"]').check();
  await part('run').click();
  await part('status').filter({ hasText: 'Done.' }).waitFor();
  expect(await part('provenance').textContent()).toContain(where);
  const instances = part('table').locator('tr', { hasText: 'Instances' }).locator('td');
  const [said, was, model] = await instances.allTextContents();
  expect(said).toBe('4');
  expect(Number(was)).toBeGreaterThanOrEqual(1);
  expect(Number(model)).toBeGreaterThanOrEqual(1);
  expect(await part('error').textContent()).toMatch(/^The model’s error: [\d.]+ instances/);
  expect(await part('overlay').locator('.measured, .modelled').count()).toBe(2);
  const lanes = page.locator('#lanes-burst');
  await lanes.scrollIntoViewIfNeeded();
  await lanes.locator('[data-part="kind"]', { hasText: 'live' }).waitFor();
  await lanes.locator('svg[aria-label*="4 calls"]').waitFor();
}

test('a burst runs on the local platform, and the model is laid over it', async () => {
  await open(siteOrigin('origin') + LESSON + BURST);
  await runs('on this machine');
});

test('the same burst runs in the tab, where the site is only files', async () => {
  await open(siteOrigin('staticOrigin') + LESSON + BURST);
  await runs('in this tab');
});

test.for(['origin', 'staticOrigin'] as const)(
  'another way to scale is tried for one burst, where the site comes from %s',
  async (site) => {
    await open(`${siteOrigin(site)}${LESSON}#burst?calls=4&every=0&work=100&scaled=four-each`);
    await part('instances').fill('1');
    await page.locator('burst-lab [value="all of them"]').check();
    await part('run').click();
    await part('status').filter({ hasText: 'Done.' }).waitFor();
    expect(await part('provenance').textContent()).toContain('scaled by concurrent');
    const instances = part('table').locator('tr', { hasText: 'Instances' }).locator('td');
    expect((await instances.allTextContents()).slice(0, 3)).toEqual(['1', '1', '1']);
    if (site === 'staticOrigin') return;
    const policies = await fetch(`${siteOrigin('origin')}${CONTROLS.policies}`);
    const inForce = (await policies.json()) as { function: string; name: string }[];
    expect(inForce.find((one) => one.function === '/api/work')?.name).toBe('keep-alive');
  },
);

test('without JavaScript the recorded burst and its model stand there', async () => {
  await open(siteOrigin('staticOrigin') + LESSON, { javaScriptEnabled: false });
  expect(await part('table').locator('tbody tr').count()).toBe(6);
  expect(await part('error').textContent()).toContain('The model’s error');
  expect(await part('overlay').locator('.modelled').count()).toBe(1);
});
