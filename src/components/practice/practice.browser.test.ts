import type { BrowserContextOptions, Page } from 'playwright';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findingsInBothSchemes } from '../../../test/pages/fixtures/accessibility.ts';
import { useReader } from '../../../test/fixtures/reader.ts';
import { readProgressFile } from '../../progress/transfer.ts';
import { siteOrigin } from '../../../test/fixtures/site-origin.ts';

const LESSON = '/lessons/what-is-serverless/';
const visitor = useReader();

function visit(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  return visitor.open(siteOrigin('staticOrigin') + path, options);
}

/** Presses Tab until the focus is where the selector says. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 400; presses++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`400 presses of Tab did not lead to ${selector}.`);
}

describe('a question', () => {
  it('is answered, explained, tried again and settled by keyboard alone', async () => {
    const page = await visit(LESSON);
    const quiz = page.locator('quick-quiz[data-kind="single"]').first();
    const id = (await quiz.getAttribute('id')) ?? '';
    await tabTo(page, `#${id} input`);
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await quiz.getByRole('button', { name: 'Try again' }).waitFor();
    expect(await quiz.getByRole('status').textContent()).toMatch(/^Not quite/);
    expect(await quiz.locator('.quiz-why:visible').count()).toBe(1);
    expect(await quiz.locator('[data-verdict="missed"]').count()).toBe(0);

    await page.keyboard.press('Enter');
    const right = await quiz
      .locator('[data-part="reason"]')
      .evaluateAll((reasons) =>
        reasons.findIndex((reason) => (reason as HTMLElement).dataset['correct'] === 'true'),
      );
    for (let moves = 0; moves < right; moves++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await quiz
      .getByRole('status')
      .filter({ hasText: /^Right\.$/ })
      .waitFor();
    expect(await quiz.locator('.quiz-why:visible').count()).toBeGreaterThan(2);
  });

  it('keeps its answer, before the page is read that far', async () => {
    const page = await visit(LESSON);
    const quiz = page.locator('quick-quiz[data-kind="single"]').first();
    await quiz.locator('input').first().check();
    await quiz.getByRole('button', { name: 'Check' }).click();
    await quiz.locator('.quiz-why:visible').waitFor();
    await page.reload();
    await quiz.locator('.quiz-why:visible').waitFor();
    expect(await quiz.locator('input').first().isChecked()).toBe(true);
  });

  it('takes a number, says what it overlooked, and keeps it', async () => {
    const page = await visit('/lessons/pay-per-execution/');
    const quiz = page.locator('quick-quiz[data-kind="number"]').first();
    await quiz.getByRole('textbox').fill('$0.60');
    await quiz.getByRole('textbox').press('Enter');
    await quiz.getByText('Those are the requests.').first().waitFor();
    await page.reload();
    await quiz.getByRole('button', { name: 'Try again' }).click();
    await quiz.getByRole('textbox').fill('3,60');
    await quiz.getByRole('textbox').press('Enter');
    await quiz.getByRole('status').filter({ hasText: 'Right.' }).waitFor();
    await page.goto(`${siteOrigin('staticOrigin')}/progress/`);
    await page.getByText(/started · 1 of \d+ questions answered/).waitFor();
  });

  it('shows answers and reasons behind a fold without JavaScript', async () => {
    const page = await visit(LESSON, { javaScriptEnabled: false });
    const quiz = page.locator('quick-quiz').first();
    const reason = quiz.locator('[data-part="reason"]').first();
    expect(await reason.isVisible()).toBe(false);
    expect(await quiz.getByRole('button').count()).toBe(0);
    await quiz.getByText('Answers, and why').click();
    await reason.waitFor();
  });
});

describe('words with more behind them', () => {
  it('a mark leads to its source without JavaScript, and opens it beside the fact with it', async () => {
    const plain = await visit(LESSON, { javaScriptEnabled: false });
    const mark = plain.locator('fact-source > a').first();
    const source = plain.locator((await mark.getAttribute('href')) ?? '');
    await mark.click();
    expect(new URL(plain.url()).hash).toBe(await mark.getAttribute('href'));
    const title = (await source.locator('a').textContent()) ?? '';

    const page = await visit(LESSON);
    await tabTo(page, 'fact-source > a');
    const note = page.locator('fact-source [popover]').first();
    await note.waitFor();
    expect(await note.textContent()).toContain(title);
    await page.keyboard.press('Escape');
    await note.waitFor({ state: 'hidden' });
  });

  it('a term opens on focus and closes on Escape, and its link leads to the glossary', async () => {
    const page = await visit(LESSON);
    const term = page.locator('glossary-term').first();
    const note = term.locator('[popover]');
    await tabTo(page, 'glossary-term a');
    await note.waitFor();
    await page.keyboard.press('Escape');
    await note.waitFor({ state: 'hidden' });
    const href = (await term.locator('a').first().getAttribute('href')) ?? '';
    await page.goto(siteOrigin('staticOrigin') + href);
    expect(await page.locator(href.replace(/^.*#/, '#')).count()).toBe(1);
  });
});

describe('progress', () => {
  /** A reader who has answered one question. */
  async function reader(): Promise<Page> {
    const page = await visit(LESSON);
    const quiz = page.locator('quick-quiz').first();
    await quiz.locator('input').first().check();
    await quiz.getByRole('button', { name: 'Check' }).click();
    await quiz.locator('.quiz-why:visible').first().waitFor();
    return page;
  }

  it('goes to a file, and from it into another browser, and can be erased', async () => {
    const page = await reader();
    await page.goto(`${siteOrigin('staticOrigin')}/progress/`);
    await page.getByText(/started · 1 of \d+ questions answered/).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export to a file' }).click();
    const file = await (await download).path();
    expect(readProgressFile(readFileSync(file, 'utf8'))).not.toHaveProperty('problem');

    const other = await visit('/progress/');
    await other.getByText('not started').first().waitFor();
    await other.getByLabel('Import a file').setInputFiles(file);
    await other.getByText(/started · 1 of \d+ questions answered/).waitFor();
    await other.getByRole('button', { name: 'Erase everything' }).click();
    await other.getByRole('button', { name: 'Erase', exact: true }).click();
    await other.getByText('Everything is erased.').waitFor();
    await expect.poll(() => other.getByText(/questions answered/).count()).toBe(0);
  });

  it('marks the course map, also in a tab that is open already', async () => {
    const page = await reader();
    const home = await page.context().newPage();
    await home.goto(`${siteOrigin('staticOrigin')}/`);
    const row = home.locator('.course-map [data-lesson="what-is-serverless"]');
    await expect.poll(() => row.getAttribute('data-progress')).toBe('started');
    await page.evaluate(() => localStorage.clear());
    await expect.poll(() => row.getAttribute('data-progress')).toBeNull();
  });

  it('offers to go on where the reader left', async () => {
    const page = await visit(LESSON);
    const heading = page.locator('.prose h2').nth(2);
    await page.locator('reading-place[data-live=""]').waitFor({ state: 'attached' });
    await page.mouse.move(600, 400);
    await heading.evaluate((element) => element.scrollIntoView());
    await expect
      .poll(() => page.evaluate(() => localStorage.getItem('course:place:what-is-serverless')))
      .toContain((await heading.getAttribute('id')) ?? 'an id');
    await page.goto(`${siteOrigin('staticOrigin')}/`);
    await page.goto(siteOrigin('staticOrigin') + LESSON);
    const offer = page.locator('reading-place a');
    expect(await offer.textContent()).toContain((await heading.textContent())?.trim() ?? '');
    await offer.click();
    await page.locator('.reading-offer').waitFor({ state: 'hidden' });
  });

  it('works, and says that nothing is kept, where storage is refused', async () => {
    const page = await visitor.open('about:blank');
    await page.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('refused', 'SecurityError');
        },
      });
    });
    await page.goto(siteOrigin('staticOrigin') + LESSON);
    const quiz = page.locator('quick-quiz').first();
    await quiz.locator('input').first().check();
    await quiz.getByRole('button', { name: 'Check' }).click();
    await quiz.getByText(/Your browser keeps nothing for this site/).waitFor();
  });
});

describe('axe finds nothing', () => {
  it('on the page of progress, with its questions open', async () => {
    const page = await visit('/progress/');
    await page.evaluate(() =>
      localStorage.setItem(
        'course:place:what-is-serverless',
        '{"at":"2026-11-23T08:00:00.000Z","heading":"x","end":false}',
      ),
    );
    await page.reload();
    await page.getByRole('button', { name: 'Erase everything' }).click();
    await page.getByRole('button', { name: 'Erase', exact: true }).waitFor();
    expect(await findingsInBothSchemes(page, 'main')).toEqual([]);
  });

  it('on questions that are answered, and a term and a source that are open', async () => {
    const page = await visit(LESSON);
    for (const quiz of await page.locator('quick-quiz:not([data-kind="short"], details *)').all()) {
      await quiz.locator('input').first().check();
      await quiz.getByRole('button', { name: 'Check' }).click();
      await quiz.locator('.quiz-why:visible').first().waitFor();
    }
    await page.locator('fact-source').first().hover();
    await page.locator('fact-source [popover]').first().waitFor();
    const parts = ['quick-quiz', 'fact-source', 'glossary-term'];
    expect(await findingsInBothSchemes(page, ...parts)).toEqual([]);
  });
});
