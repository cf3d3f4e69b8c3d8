/** The answer to a prediction is nowhere to be seen before it is made or declined. */

import type { Locator, Page } from 'playwright';
import { expect, it } from 'vitest';
import { useReader } from '../fixtures/reader.ts';
import { siteOrigin } from '../fixtures/site-origin.ts';

const LESSON = '/lessons/life-of-an-instance/';
const reader = useReader();

const answers = (page: Page): Locator => page.locator('[data-answer-to]');
const visible = (page: Page): Locator => page.locator('[data-answer-to]:visible');
const text = (page: Page, id: string): Locator => page.locator(`.after[data-answer-to="${id}"]`);
const show = (page: Page, id: string): Locator => page.locator(`#${id} [data-part="show"]`);

it('a lesson that is opened for the first time has shown none while it was loading, at any time', async () => {
  const page = await reader.open('about:blank');
  await page.addInitScript(() => {
    const seen = { painted: 0, answers: 0 };
    Object.assign(window, { seen });
    const look = (): void => {
      if (document.body) seen.painted++;
      for (const answer of document.querySelectorAll('[data-answer-to]')) {
        if (answer.checkVisibility()) seen.answers++;
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  // The scripts come last, so that the page stands a while without them.
  const { promise: arrival, resolve } = Promise.withResolvers<undefined>();
  await page.route('**/*.js', async (route) => {
    await arrival;
    await route.continue();
  });
  await page.goto(siteOrigin('staticOrigin') + LESSON, { waitUntil: 'commit' });
  await page.locator('#name-the-phase').waitFor();
  resolve(undefined);
  await page.locator('#one-call').scrollIntoViewIfNeeded();
  await page.locator('#one-call[data-live=""]').waitFor();
  const seen = (): Promise<{ painted: number; answers: number }> => page.evaluate('seen');
  await expect.poll(async () => (await seen()).painted).toBeGreaterThan(2);
  expect((await seen()).answers).toBe(0);
});

it('“Show me” opens the recorded result with its lanes and text, and no other', async () => {
  const page = await reader.open(siteOrigin('staticOrigin') + LESSON);
  await show(page, 'ten-at-once').click();
  await page.locator('#lanes-ten-at-once').waitFor();
  await text(page, 'ten-at-once').waitFor();
  const open = await visible(page).evaluateAll((all) => [
    ...new Set(all.map((one) => (one as HTMLElement).dataset['answerTo'])),
  ]);
  expect(open).toEqual(['ten-at-once']);
  const focused = (): Promise<string | null | undefined> =>
    page.evaluate(() => document.activeElement?.getAttribute('data-part'));
  await expect.poll(focused).toBe('ran');
  await page.reload();
  await text(page, 'ten-at-once').waitFor();
  expect(await page.locator('#lanes-one-call').isVisible()).toBe(false);
});

it('a run opens its answer when it is over; lanes are there while it runs', async () => {
  const page = await reader.open(siteOrigin('origin') + LESSON);
  await page.locator('#one-call [data-part="run"]').click();
  await page.getByText('Say first what you think will happen, or press Run again.').waitFor();
  expect(await visible(page).count()).toBe(0);
  await page.locator('#one-call [data-part="guess"]').first().check();
  await page.locator('#one-call [data-part="run"]').click();
  await page.locator('#lanes-one-call').waitFor();
  await page.locator('#one-call .stage-ran', { hasText: 'live' }).waitFor();
  const seen = page.locator('#one-call [data-part="seen"]');
  await seen.waitFor();
  expect(await text(page, 'one-call').isVisible()).toBe(false);
  await seen.getByRole('button', { name: 'something else' }).click();
  await text(page, 'one-call').waitFor();
});

it('a burst waits as well, and its lanes with it', async () => {
  const page = await reader.open(`${siteOrigin('staticOrigin')}/lessons/scale-to-zero/`);
  expect(await page.locator('#lanes-burst').isVisible()).toBe(false);
  await show(page, 'burst').click();
  await page.locator('burst-lab [data-part="table"]').waitFor();
  await page.locator('#lanes-burst').waitFor();
});

it('without JavaScript every answer stands there', async () => {
  const page = await reader.open(siteOrigin('staticOrigin') + LESSON, { javaScriptEnabled: false });
  const count = await answers(page).count();
  expect(count).toBeGreaterThan(8);
  expect(await visible(page).count()).toBe(count);
  expect(await page.locator('[data-until-answer]:visible').count()).toBe(0);
});
