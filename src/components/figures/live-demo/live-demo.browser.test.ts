import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import { useReader } from '../../../../test/fixtures/reader.ts';
import { siteOrigin } from '../../../../test/fixtures/site-origin.ts';

const LESSON = '/lessons/life-of-an-instance/';

const reader = useReader();
let page: Page;

async function open(origin: string, options: { javaScriptEnabled?: boolean } = {}): Promise<void> {
  page = await reader.open(origin + LESSON, options);
}

const demo = (id: string): Locator => page.locator(`#${id}`);
const part = (id: string, name: string): Locator => demo(id).locator(`[data-part="${name}"]`);
const ran = (id: string): Locator => part(id, 'ran').first();

/** Predicts the first option, runs, and waits for the end. */
async function run(id: string): Promise<string> {
  await part(id, 'guess').first().check();
  await part(id, 'run').click();
  await page.locator(`#${id}:not([data-running])`).waitFor();
  // Asked after the first run only.
  await demo(id).locator('[data-part="seen"], .comparison:not([hidden])').waitFor();
  if (await part(id, 'seen').isVisible())
    await part(id, 'seen').getByRole('button').first().click();
  await part(id, 'comparison').waitFor();
  return (await part(id, 'status').textContent()) ?? '';
}

/** Waits until the live lanes of a demo show so many calls. */
async function lanesShow(id: string, calls: number): Promise<void> {
  const lanes = page.locator(`#lanes-${id}`);
  await lanes.scrollIntoViewIfNeeded();
  await lanes.locator('[data-part="kind"]', { hasText: 'live' }).waitFor();
  const busy = lanes.locator('[data-part="drawing"] .bar[data-state="busy"]');
  await expect.poll(() => busy.count()).toBe(calls);
}

async function isFocused(one: Locator): Promise<void> {
  await expect.poll(() => one.evaluate((one) => one === document.activeElement)).toBe(true);
}

test('on the local platform a run is live, proves its source, and its lanes are drawn', async () => {
  await open(siteOrigin('origin'));
  expect(await ran('one-call').textContent()).toContain('recorded');
  expect(await run('one-call')).toMatch(/^Status 200, (cold start|warm), /);
  const receipt = (await ran('one-call').textContent()) ?? '';
  expect(receipt).toContain('live');
  expect(receipt).toContain('The code shown is the code that ran');
  expect(await part('one-call', 'provenance').first().textContent()).toContain('on this machine');
  await lanesShow('one-call', 1);
});

test('ten calls at once from nothing start ten instances, although a browser has six connections', async () => {
  await open(siteOrigin('origin'));
  await run('ten-at-once');
  const cells = await ran('ten-at-once').locator('dd').allTextContents();
  expect(cells.slice(0, 3)).toEqual(['10', '10', '10']);
});

test('a call after the last instance has left is cold', async () => {
  await open(siteOrigin('origin'));
  await run('one-call');
  expect(await run('after-silence')).toContain('cold start');
  expect(await part('after-silence', 'observed').textContent()).toBe('1');
});

test('on a static host everything but Python runs in the tab', async () => {
  await open(siteOrigin('staticOrigin'));
  await run('ten-in-sequence');
  expect(await part('ten-in-sequence', 'observed').textContent()).toBe('1…10');
  expect(await part('ten-in-sequence', 'provenance').first().textContent()).toContain(
    'in this tab',
  );
  await lanesShow('ten-in-sequence', 10);

  await demo('one-call').getByText('Python', { exact: true }).click();
  await part('one-call', 'guess').first().check();
  await part('one-call', 'run').click();
  await part('one-call', 'status').filter({ hasText: 'npm start' }).waitFor();
  await part('one-call', 'ran').nth(1).filter({ hasText: 'recorded' }).waitFor();
});

test('a demo is worked with the keyboard alone, and focus stays where it was', async () => {
  await open(siteOrigin('origin'));
  await part('one-call', 'language').first().focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => part('one-call', 'guess').nth(1).isChecked()).toBe(true);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await part('one-call', 'seen').waitFor();
  await page.locator('#one-call:not([data-running])').waitFor();
  await isFocused(part('one-call', 'run'));
  await part('one-call', 'seen').getByRole('button', { name: '1', exact: true }).focus();
  await page.keyboard.press('Enter');
  await isFocused(part('one-call', 'comparison'));
});

test('without JavaScript a recorded run stands there, in both languages, and no dead control', async () => {
  await open(siteOrigin('staticOrigin'), { javaScriptEnabled: false });
  expect(await ran('one-call').isVisible()).toBe(true);
  await demo('one-call').getByText('Python', { exact: true }).click();
  await part('one-call', 'ran').nth(1).waitFor();
  await ran('one-call').waitFor({ state: 'hidden' });
  expect(await demo('one-call').getByRole('button').count()).toBe(0);
});

test('another language has its own answer and its own words', async () => {
  await open(siteOrigin('origin'));
  await run('ten-in-sequence');
  const said = await part('ten-in-sequence', 'status').textContent();
  await demo('ten-in-sequence').getByText('Python', { exact: true }).click();
  await ran('ten-in-sequence').waitFor({ state: 'hidden' });
  await part('ten-in-sequence', 'ran').nth(1).waitFor();
  expect(await part('ten-in-sequence', 'status').textContent()).toBe('');
  expect(await part('ten-in-sequence', 'comparison').isVisible()).toBe(false);
  expect(await demo('ten-in-sequence').locator('[data-verdict]').count()).toBe(0);
  await demo('ten-in-sequence').getByText('TypeScript', { exact: true }).click();
  await ran('ten-in-sequence').waitFor();
  expect(await part('ten-in-sequence', 'status').textContent()).toBe(said);
  expect(await part('ten-in-sequence', 'comparison').isVisible()).toBe(true);
});

test('another language has the same room, so that nothing moves', async () => {
  await open(siteOrigin('staticOrigin'));
  await part('ten-in-sequence', 'show').click();
  await ran('ten-in-sequence').waitFor();
  const height = (): Promise<number> =>
    demo('ten-in-sequence').evaluate((one) => one.getBoundingClientRect().height);
  const before = await height();
  await demo('ten-in-sequence').getByText('Python', { exact: true }).click();
  await ran('ten-in-sequence').waitFor({ state: 'hidden' });
  expect(await height()).toBe(before);
});

test('where a value is observed it is in view, however long the answer is', async () => {
  page = await reader.open(`${siteOrigin('staticOrigin')}/lessons/what-is-serverless/`);
  await part('whoami', 'show').click();
  await ran('whoami').locator('.observed', { hasText: 'served 1' }).waitFor();
});

test('the reader chooses the place, and the choice is kept', async () => {
  await open(siteOrigin('origin'));
  await demo('one-call').getByText('Where does it run?').click();
  await demo('one-call').getByLabel('This tab').check();
  await run('one-call');
  expect(await part('one-call', 'provenance').first().textContent()).toContain('in this tab');
  await page.reload();
  await run('one-call');
  expect(await part('one-call', 'provenance').first().textContent()).toContain('in this tab');
});
