/** Every page as it is read on a desktop, and printed there, from the gateway. Each is opened once. */

import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../fixtures/browser.ts';
import { siteOrigin } from '../fixtures/site-origin.ts';
import { findingsInBothSchemes } from './fixtures/accessibility.ts';
import { misfitsAt, openAll } from './fixtures/fit.ts';
import { charactersInLine } from './fixtures/lines.ts';
import { builtPages, lessonPages } from './fixtures/pages.ts';
import { Visitor, type Visit } from './fixtures/visit.ts';

/** In CSS pixels. */
const WIDTHS = [768, 1024, 1280, 1920];

let browser: Browser;
let visitor: Visitor;
beforeAll(async () => {
  browser = await launch();
  visitor = await Visitor.in(browser, {});
});
afterAll(() => browser.close());

describe.each(builtPages())('%s on a desktop', (path) => {
  let visit: Visit;
  beforeAll(async () => {
    visit = await visitor.visit(siteOrigin('origin') + path, { width: 1280, height: 900 });
  });

  it('asks for nothing that its policy forbids', async () => {
    expect(await visit.forbidden()).toEqual([]);
    const policy = visit.page.locator('meta[http-equiv="content-security-policy"]');
    expect(await policy.count()).toBe(1);
    const header = visit.answer?.headers()['content-security-policy'];
    expect(header).toContain("frame-ancestors 'self'");
  });

  it('has no form that could leave it, even if nothing listened', async () => {
    const methods = await visit.page
      .locator('form')
      .evaluateAll((forms) => (forms as HTMLFormElement[]).map(({ method }) => method));
    expect(methods.filter((method) => method !== 'dialog')).toEqual([]);
  });

  it('has no accessibility finding, in light and in dark', async () => {
    expect(await findingsInBothSchemes(visit.page)).toEqual([]);
  });

  if (lessonPages().includes(path)) describeLesson(() => visit);

  it('fits at every width, with all that it folds away', async () => {
    await openAll(visit.page);
    expect(await misfitsAt(visit.page, WIDTHS)).toEqual({});
  });

  it('has complained of nothing', () => {
    expect(visit.complaints()).toEqual([]);
  });
});

it('a script that is not of the course does not run', async () => {
  const page = await browser.newPage();
  await page.goto(siteOrigin('origin'));
  const title = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "owned"';
    document.head.append(script);
    return document.title;
  });
  await page.context().close();
  expect(title).not.toBe('owned');
});

/** What only lessons have. Nothing of the page has been opened or pressed. */
function describeLesson(visit: () => Visit): void {
  it('shows no answer to any of its predictions', async () => {
    const { page } = visit();
    const asking = await page.locator('[data-prediction]:has([data-answer-to])').count();
    expect(await page.locator('[data-answer-to]:visible').count()).toBe(0);
    const instead = await page.locator('[data-until-answer]:visible').count();
    expect(instead).toBeGreaterThanOrEqual(asking);
  });

  it('sets 60 to 72 characters a line', async () => {
    const length = await charactersInLine(visit().page);
    expect(length).toBeGreaterThan(60);
    expect(length).toBeLessThan(72);
  });

  describe('on paper', () => {
    beforeAll(() => visit().page.emulateMedia({ media: 'print' }));
    afterAll(() => visit().page.emulateMedia({ media: 'screen' }));

    it('prints the number of each fact’s source, and the source under that number', async () => {
      const { marks, sources } = await visit().page.evaluate(() => {
        const isSeen = (element: Element): boolean => element.checkVisibility();
        return {
          marks: [...document.querySelectorAll('fact-source > a')].filter(isSeen).map((mark) => ({
            number: mark.textContent.trim(),
            href: mark.getAttribute('href') ?? '',
          })),
          sources: [...document.querySelectorAll('.sources li')].filter(isSeen).map(({ id }) => id),
        };
      });
      expect(marks.length).toBeGreaterThan(0);
      for (const { number, href } of marks) {
        expect(href).toBe(`#source-${number}`);
        expect(sources.indexOf(`source-${number}`)).toBe(Number(number) - 1);
      }
    });

    it('prints the words that are linked to the glossary', async () => {
      const terms = visit().page.locator('.prose > p > glossary-term > a');
      const shown = await terms.locator('visible=true').count();
      expect(shown).toBe(await terms.count());
      expect(shown).toBeGreaterThan(0);
    });

    it('prints no label without what it names, and nothing to press', async () => {
      const { page } = visit();
      const empty = await page
        .locator('.field:visible')
        .evaluateAll((fields) =>
          fields
            .filter((field) =>
              [...field.querySelectorAll('input, select, textarea, output')].every(
                (one) => !one.checkVisibility(),
              ),
            )
            .map((field) => field.textContent),
        );
      expect(empty).toEqual([]);
      const pressed = page.locator('button, input[type="range"], [data-part="link"]');
      expect(await pressed.locator('visible=true').count()).toBe(0);
    });

    it('prints every answer, also of predictions', async () => {
      const { page } = visit();
      const closed = await page
        .locator('[data-answer-to]')
        .evaluateAll((all) =>
          all
            .filter((one) => !one.checkVisibility({ contentVisibilityAuto: true }))
            .map((one) => one.outerHTML.slice(0, 80)),
        );
      expect(closed).toEqual([]);
      const hidden = await page
        .locator('.predict-answer')
        .evaluateAll((all) =>
          all
            .filter((one) => one.firstElementChild?.checkVisibility() !== true)
            .map((one) => one.outerHTML.slice(0, 80)),
        );
      expect(hidden).toEqual([]);
      expect(await page.locator('[data-until-answer]:visible').count()).toBe(0);
    });
  });
}
