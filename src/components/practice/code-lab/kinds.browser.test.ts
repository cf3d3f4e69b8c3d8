/** What a lab keeps beside code, and its other forms: lines in order, sorting, choosing a test. In Chromium. */

import type { BrowserContextOptions, Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import { findingsInBothSchemes } from '../../../../test/pages/fixtures/accessibility.ts';
import { useReader } from '../../../../test/fixtures/reader.ts';
import { codeInLab, scrollToLab } from '../../../../test/fixtures/lab-at-hand.ts';
import { siteOrigin } from '../../../../test/fixtures/site-origin.ts';

const reader = useReader();
const SHOUT = '/labs/event-in-response-out/shout/';
const WHICH_HALF = '/labs/what-is-serverless/which-half/';
const CHECKPOINT = '/checkpoints/three-complaints/';
const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
};

async function open(
  path: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; lab: Locator }> {
  const page = await reader.open(siteOrigin('staticOrigin') + path, options);
  await scrollToLab(page);
  await page.locator('code-lab[data-live=""]').waitFor();
  return { page, lab: page.locator('code-lab') };
}

const press = (lab: Locator, name: string): Promise<void> =>
  lab.getByRole('button', { name, exact: true }).click();
const status = (lab: Locator): Locator => lab.locator('[data-part="status"]');
const lines = (lab: Locator, side: 'used' | 'left'): Promise<string[]> =>
  lab.locator(`.lab-assembly [data-side="${side}"] code`).allTextContents();

async function middleOf(part: Locator): Promise<{ x: number; y: number }> {
  const box = await part.boundingBox();
  if (box === null) throw new Error('It is not on the page.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** As a finger that is put down on one thing, and taken up over another. */
async function dragByFinger(
  page: Page,
  from: Locator,
  to: { x: number; y: number },
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const touch = (
    type: 'touchStart' | 'touchMove' | 'touchEnd',
    points: { x: number; y: number }[],
  ) => session.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  const start = await middleOf(from);
  await touch('touchStart', [start]);
  for (const share of [0.25, 0.5, 0.75, 1]) {
    const x = start.x + (to.x - start.x) * share;
    const y = start.y + (to.y - start.y) * share;
    await touch('touchMove', [{ x, y }]);
  }
  await touch('touchEnd', []);
}

/** Puts the lines into the order of the solution, and leaves out the rest, by the buttons alone. */
async function assemble(lab: Locator, right: readonly string[]): Promise<void> {
  for (const line of await lines(lab, 'used')) {
    if (!right.includes(line.trim())) await press(lab, `Leave out: ${line.trim()}`);
  }
  for (const line of right) {
    await press(lab, `Leave out: ${line}`);
    await press(lab, `Use: ${line}`);
  }
}

const RIGHT = [
  'const text = textIn(await request.text());',
  'if (text === null) return refuse(`Expected a JSON object with a text in "${FIELD}".`);',
  "const shout = text.toUpperCase().normalize('NFC');",
  'return Response.json({ shout, length: [...shout].length });',
];

test('on a phone the lines come first; put in order they pass, and count as given', async () => {
  const { page, lab } = await open(SHOUT, PHONE);
  expect(await lab.locator('.lab-field').isVisible()).toBe(false);
  await assemble(lab, RIGHT);
  await press(lab, 'Check this order');
  await expect.poll(() => status(lab).textContent()).toMatch(/^Every check passes/);
  await lab.getByText('✓ done, from given lines').waitFor();
  await page.reload();
  await scrollToLab(page);
  await page.locator('code-lab[data-live=""]').waitFor();
  expect((await lines(lab, 'used')).map((line) => line.trim())).toEqual(RIGHT);
  await lab.getByText('Write it yourself').click();
  await lab.locator('.lab-field[data-editor]').waitFor();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBe(360);
});

test('a finger drags a line to its place, and out of the code', async () => {
  const { page, lab } = await open(SHOUT, PHONE);
  const used = lab.locator('.lab-assembly [data-side="used"] li');
  const [first = '', second = ''] = await lines(lab, 'used');
  await used.first().scrollIntoViewIfNeeded();
  const below = await used.nth(1).boundingBox();
  await dragByFinger(page, used.first().locator('[data-grip]'), {
    x: 180,
    y: (below?.y ?? 0) + (below?.height ?? 0) - 4,
  });
  await expect.poll(async () => (await lines(lab, 'used')).slice(0, 2)).toEqual([second, first]);
  const scrolled = await page.evaluate(() => scrollY);
  await lab.locator('.lab-assembly [data-side="left"]').scrollIntoViewIfNeeded();
  await used.last().scrollIntoViewIfNeeded();
  const last = (await lines(lab, 'used')).at(-1) ?? '';
  await dragByFinger(
    page,
    used.last().locator('[data-grip]'),
    await middleOf(lab.locator('.lab-assembly [data-side="left"]')),
  );
  await expect.poll(() => lines(lab, 'left')).toEqual([last]);
  expect(scrolled).toBeGreaterThanOrEqual(0);
});

test('a mouse drags a card into its box, which is kept; Escape gives a drag up', async () => {
  const { page, lab } = await open(WHICH_HALF, { viewport: { width: 1280, height: 800 } });
  const card = lab.locator('[data-card="table"]');
  await card.scrollIntoViewIfNeeded();
  const grip = await middleOf(card.locator('[data-grip]'));
  const toBox = async (): Promise<void> => {
    await page.mouse.move(grip.x, grip.y);
    await page.mouse.down();
    await page.mouse.move(grip.x + 5, grip.y + 5);
    const box = await middleOf(lab.locator('.lab-boxes [data-box="rented"]'));
    await page.mouse.move(box.x, box.y, { steps: 4 });
  };
  await toBox();
  await page.keyboard.press('Escape');
  await page.mouse.up();
  expect(await lab.locator('.lab-boxes').count()).toBe(0);
  expect(await card.getByRole('radio', { checked: true }).count()).toBe(0);
  await toBox();
  await page.mouse.up();
  await card.getByText('✓ Right.').waitFor();
  await page.reload();
  await scrollToLab(page);
  await page.locator('code-lab[data-live=""]').waitFor();
  await card.getByText('✓ Right.').waitFor();
  expect(await card.getByRole('radio', { checked: true }).getAttribute('value')).toBe('rented');
});

test('the checkpoint keeps what was sorted and typed, and is done with all of it', async () => {
  const { page, lab } = await open(CHECKPOINT);
  const before = lab.getByRole('textbox', { name: /as it is, in dollars/ });
  await before.fill('10,35');
  await before.press('Tab');
  await lab.getByText(/✓ Right\. 0\.10 for the requests/).waitFor();
  await page.reload();
  await scrollToLab(page);
  await lab.locator('.lab-field[data-editor]').waitFor();
  expect(await before.inputValue()).toBe('10,35');
  await lab.getByText(/✓ Right\. 0\.10 for the requests/).waitFor();
  await press(lab, 'Solution');
  await press(lab, 'Put it into the editor');
  await press(lab, 'Check');
  await expect.poll(() => status(lab).textContent()).toMatch(/To be done, sort the rest/);
  await lab.getByRole('textbox', { name: /all twelve months are asked for at once/ }).fill('1.18');
  for (const [card, box] of [
    ['too-much-to-pay', 'module-state'],
    ['slow-report', 'paid-waiting'],
    ['slow-morning', 'cold-start'],
    ['load-late', 'helps'],
    ['keep-one', 'helps'],
    ['several-at-once', 'does-not'],
    ['longer-limit', 'does-not'],
  ]) {
    await lab.locator(`[data-card="${card ?? ''}"] [value="${box ?? ''}"]`).check();
  }
  await lab.locator('.lab-done', { hasText: '✓ done' }).waitFor();
  await page.goto(`${siteOrigin('staticOrigin')}/progress/`);
  await page.locator('[data-part="checkpoint"]', { hasText: 'done' }).waitFor();
});

test('after a lab is done a test can be chosen, and is tried on functions that are nearly right', async () => {
  const { page, lab } = await open(SHOUT);
  await lab.locator('.lab-field[data-editor]').waitFor();
  await press(lab, 'Solution');
  await press(lab, 'Put it into the editor');
  await press(lab, 'Check');
  const pick = lab.locator('.lab-test');
  await pick.getByText('Which three catch all four').waitFor();
  const choose = (text: string): Promise<void> =>
    pick.getByRole('checkbox', { name: text }).check();
  await choose('shouts HELLO');
  await press(lab, 'Try these checks');
  await pick.getByText('0 of 4 are caught.').waitFor();
  await pick.getByRole('checkbox', { name: 'shouts HELLO' }).uncheck();
  await choose('counts code points');
  await choose('refuses a body that is not JSON');
  await choose('answers any other method');
  expect(await pick.getByRole('checkbox', { name: 'shouts HELLO' }).isDisabled()).toBe(true);
  await press(lab, 'Try these checks');
  await pick.getByText('All 4 are caught.').waitFor();
  await page.reload();
  await pick.getByText('Which three catch all four').waitFor();
  expect(await pick.getByRole('checkbox', { checked: true }).count()).toBe(3);
});

test('where the storage is full the reader is told, and keeps all: what was there, and what is new', async () => {
  const { page, lab } = await open(SHOUT);
  await lab.locator('.lab-field[data-editor]').waitFor();
  const editor = lab.getByRole('textbox', { name: 'Your code' });
  const kept = (): Promise<string | null> =>
    page.evaluate(() => localStorage.getItem('course:lab:event-in-response-out/shout'));
  await editor.press('ControlOrMeta+End');
  await page.keyboard.insertText('// kept\n');
  await expect.poll(kept).toContain('// kept');
  // Another page of the same address has filled it, to the last character.
  await page.evaluate(() => {
    for (let size = 2 ** 22; size >= 1; size /= 2) {
      try {
        for (;;) localStorage.setItem(`full-${String(localStorage.length)}`, 'x'.repeat(size));
      } catch {
        // Half as much may still go in.
      }
    }
  });
  await page.keyboard.insertText('// new\n');
  await lab.getByText(/The storage of this browser is full/).waitFor();
  expect(await kept()).toContain('// kept');
  expect(await kept()).not.toContain('// new');
  expect(await codeInLab(page)).toContain('// new');
  const download = page.waitForEvent('download');
  await press(lab, 'Save as a file');
  expect((await download).suggestedFilename()).toBe('lab.ts');
  const leaving = page.waitForEvent('dialog');
  await page.evaluate(() => void setTimeout(() => location.reload()));
  const asked = await leaving;
  expect(asked.type()).toBe('beforeunload');
  await asked.dismiss();
  await page.evaluate(() => {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith('full-')) localStorage.removeItem(name);
    }
  });
  await editor.press('ControlOrMeta+End');
  await page.keyboard.insertText('// and more\n');
  await expect.poll(kept).toContain('// new');
  expect(await kept()).toContain('// and more');
  expect(await lab.getByText(/The storage of this browser is full/).count()).toBe(0);
});

test('typing over all that stands there breaks no rule of the page’s policy', async () => {
  const { page, lab } = await open(SHOUT);
  await lab.locator('.lab-field[data-editor]').waitFor();
  const editor = lab.getByRole('textbox', { name: 'Your code' });
  await editor.press('ControlOrMeta+A');
  // Any complaint of the browser fails the test.
  await page.keyboard.type('const a = 1;');
  await expect.poll(() => codeInLab(page)).toBe('const a = 1;');
  await editor.press('ControlOrMeta+A');
  await editor.press('Delete');
  await page.keyboard.type('b');
  await expect.poll(() => codeInLab(page)).toBe('b');
});

test('axe finds nothing in lines, cards and tests', async () => {
  const lines = await open(SHOUT, PHONE);
  expect(await findingsInBothSchemes(lines.page, 'code-lab')).toEqual([]);
  const cards = await open(WHICH_HALF);
  await cards.lab.locator('[data-card] input').first().check();
  await cards.lab
    .getByText(/Right\.|Not there\./)
    .first()
    .waitFor();
  expect(await findingsInBothSchemes(cards.page, 'code-lab')).toEqual([]);
});
