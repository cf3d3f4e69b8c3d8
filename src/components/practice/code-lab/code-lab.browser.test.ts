/** Labs in Chromium, from the built site on a host that only serves files. */

import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import { useReader } from '../../../../test/fixtures/reader.ts';
import { codeInLab, scrollToLab } from '../../../../test/fixtures/lab-at-hand.ts';
import { codeToText } from '#src/attempt/shared-code.ts';
import { siteOrigin } from '../../../../test/fixtures/site-origin.ts';

const reader = useReader();
const CHEAPEST = '/labs/the-case-against-cost/cheapest/';
/** Its solution has more lines than the editor draws. */
const LONG = 'the-case-for/structured-log';
const SHOUT = '/labs/event-in-response-out/shout/';

async function open(path: string): Promise<{ page: Page; lab: Locator }> {
  const page = await reader.open(siteOrigin('staticOrigin') + path);
  const lab = page.locator('code-lab');
  await scrollToLab(page);
  await lab.locator('.lab-field[data-editor]').waitFor();
  return { page, lab };
}

const press = (lab: Locator, name: string): Promise<void> =>
  lab.getByRole('button', { name, exact: true }).click();
const editor = (lab: Locator): Locator => lab.getByRole('textbox', { name: 'Your code' });
const status = (lab: Locator): Locator => lab.locator('[data-part="status"]');
/** Puts code into the editor as a reader does who pastes it over all that stands there. */
async function write(lab: Locator, code: string): Promise<void> {
  await editor(lab).press('ControlOrMeta+A');
  await editor(lab).evaluate((field, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    field.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, code);
}

test('the start fails, the solution passes, and all of it is there after a reload', async () => {
  const { page, lab } = await open(`/labs/${LONG}/`);
  await press(lab, 'Run');
  await lab.locator('.lab-ran').waitFor();
  await press(lab, 'Check');
  await expect.poll(() => status(lab).textContent()).toMatch(/of \d+ checks pass/);
  await lab.locator('.lab-failure').first().waitFor();
  await write(lab, '// my own\n');
  await press(lab, 'Solution');
  await press(lab, 'Put it into the editor');
  await press(lab, 'Check');
  await expect.poll(() => status(lab).textContent()).toMatch(/^Every check passes/);
  const solution = await codeInLab(page);
  expect(solution).toContain('export async function handle');
  await page.reload();
  await scrollToLab(page);
  await lab.locator('.lab-field[data-editor]').waitFor();
  expect(await codeInLab(page)).toBe(solution);
  await lab.getByText('Earlier versions, sharing, asking').click();
  await press(lab, 'Go back to it');
  await expect.poll(() => codeInLab(page)).toBe('// my own\n');
});

test('while the task is read on a phone no editor is loaded, and it comes with the code', async () => {
  const page = await reader.open(`${siteOrigin('staticOrigin')}/checkpoints/three-complaints/`, {
    viewport: { width: 412, height: 823 },
    isMobile: true,
    hasTouch: true,
  });
  await page.waitForLoadState('networkidle');
  const lab = page.locator('code-lab');
  expect(await lab.getAttribute('data-live')).toBeNull();
  const scripts = (): Promise<string[]> =>
    page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  expect((await scripts()).filter((name) => /(editor|session)\.[^/]*\.js/.test(name))).toEqual([]);
  await scrollToLab(page);
  await lab.locator('.lab-field[data-editor]').waitFor({ state: 'attached' });
  expect((await scripts()).some((name) => /editor\.[^/]*\.js/.test(name))).toBe(true);
});

test('Run makes the calls of named functions, and says what is wrong with them', async () => {
  const { lab } = await open(CHEAPEST);
  await press(lab, 'Run');
  await lab.locator('.lab-ran').filter({ hasText: '"months"' }).waitFor();
  await lab.getByLabel('Calls that Run makes').fill('{ "calls": ["cheapest"] }');
  await press(lab, 'Run');
  await expect.poll(() => status(lab).textContent()).toMatch(/^Expected { "calls"/);
});

test('a lab imports the reader’s own code of an earlier one where it passes, and says whose it is', async () => {
  const used = (lab: Locator): Locator => lab.locator('[data-part="used"]');
  const first = await open(CHEAPEST);
  await press(first.lab, 'Check');
  await expect.poll(() => used(first.lab).textContent()).toBe('It imports the course’s bill.');
  const { page } = first;
  const bill = page.locator('code-lab');
  const visit = async (path: string): Promise<void> => {
    await page.goto(siteOrigin('staticOrigin') + path);
    await scrollToLab(page);
    await bill.locator('.lab-field[data-editor]').waitFor();
  };
  await visit('/labs/pay-per-execution/bill/');
  await write(bill, 'export function bill() { return { total: 1 }; }\n');
  await visit(CHEAPEST);
  await press(bill, 'Check');
  await expect
    .poll(() => used(bill).textContent())
    .toMatch(/since yours does not hold its contract/);
  await visit('/labs/pay-per-execution/bill/');
  await press(bill, 'Solution');
  await press(bill, 'Put it into the editor');
  await visit(CHEAPEST);
  await press(bill, 'Check');
  await expect.poll(() => used(bill).textContent()).toBe('It imports your own bill.');
  await write(bill, "import { sum } from './sum.ts';\nexport const cheapest = sum;\n");
  await press(bill, 'Check');
  await expect.poll(() => status(bill).textContent()).toMatch(/Only \.\/bill\.ts can be imported/);
});

test('every step of the ladder comes when it is asked for', async () => {
  const { lab } = await open(SHOUT);
  for (const text of [
    'One call with its answer',
    'A hint',
    'out of order',
    'your own code beside it',
  ]) {
    await press(lab, 'Hint');
    await lab.locator('.lab-help').getByText(text).waitFor();
  }
});

test('a mistake in the code is told in words, at its line', async () => {
  const { lab } = await open(SHOUT);
  await write(lab, 'export default {\n  fetch() {\n    return new Response("a"\n  },\n};\n');
  await press(lab, 'Run');
  await expect.poll(() => status(lab).textContent()).toMatch(/^Line [34]: /);
  await lab.locator('.cm-lintRange-error').first().waitFor();
});

test('a loop that does not end is stopped, and what to look for is said', async () => {
  const { page, lab } = await open(SHOUT);
  await write(lab, 'export default { fetch() { for (;;); } };\n');
  await press(lab, 'Run');
  await lab
    .getByText(/ran on without a pause/)
    .first()
    .waitFor();
  await expect.poll(() => page.workers().length).toBeLessThanOrEqual(1);
  await write(lab, 'export default { fetch: () => new Response("again") };\n');
  await press(lab, 'Run');
  await expect.poll(() => status(lab).textContent()).toBe('It answered 200.');
});

test('code in a lab reaches neither the network nor the page', async () => {
  const { page, lab } = await open(SHOUT);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await write(
    lab,
    `export default { async fetch() {
      const said = await fetch('${siteOrigin('staticOrigin')}/place.json').catch((error) => error.message);
      return new Response(said + ' ' + typeof document + ' ' + typeof localStorage);
    } };\n`,
  );
  await press(lab, 'Run');
  await lab.getByText(/is refused: code in this tab has no network/).waitFor();
  expect(await lab.locator('.lab-ran').textContent()).toContain('undefined undefined');
  expect(asked.filter((url) => url.endsWith('/place.json'))).toEqual([]);
});

test('a link brings code that the reader opens, and that never runs by itself', async () => {
  const sent = 'export default { fetch: () => new Response("sent") };\n';
  const { page, lab } = await open(`${SHOUT}#lab-shout?code=${String(await codeToText(sent))}`);
  await press(lab, 'Open it');
  await expect.poll(() => codeInLab(page)).toBe(sent);
  expect(page.workers()).toHaveLength(0);
  expect(await lab.locator('.lab-ran').count()).toBe(0);
});

test('cards are sorted by keyboard, each with its reason at once', async () => {
  const page = await reader.open(
    `${siteOrigin('staticOrigin')}/labs/what-is-serverless/which-half/`,
  );
  const lab = page.locator('code-lab[data-live=""]');
  await lab.waitFor();
  const card = lab.locator('[data-card]').first();
  await card.getByRole('radio').first().focus();
  await page.keyboard.press('Space');
  await card
    .getByRole('status')
    .getByText(/Right\.|Not there\./)
    .waitFor();
});

test('Tab leaves the editor, and Escape says so', async () => {
  const { page, lab } = await open(SHOUT);
  await editor(lab).focus();
  await page.keyboard.press('Escape');
  await lab.getByText('Tab leaves the editor.').waitFor();
  await page.keyboard.press('Tab');
  await expect
    .poll(() => lab.locator('.lab-field').evaluate((host) => host.contains(document.activeElement)))
    .toBe(false);
});

test('without JavaScript the task, the start, the hints and the solution are there to read', async () => {
  const page = await reader.open(siteOrigin('staticOrigin') + SHOUT, { javaScriptEnabled: false });
  await page.getByText('Write a function that shouts.').waitFor();
  await page.getByText('A solution').click();
  await page.getByText('toUpperCase').first().waitFor();
  expect(await page.getByRole('button', { name: 'Run', exact: true }).isVisible()).toBe(false);
});
