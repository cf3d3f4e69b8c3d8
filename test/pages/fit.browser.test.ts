/** Nothing overflows, overlaps or is cut, from the narrowest phone to a wide screen, and zoomed in. */

import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { useReader } from '../fixtures/reader.ts';
import { builtPages } from './fixtures/pages.ts';
import { siteOrigin } from '../fixtures/site-origin.ts';
import { untilSilent } from '../fixtures/silence.ts';

/** In CSS pixels: 640 and 320 are 1280 at a zoom of 200 % and 400 %. */
const WIDTHS = [320, 360, 640, 768, 1024, 1280, 1920];

const reader = useReader();

/** What does not fit, in words. Every answer and every fold of the page is open. */
function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const found = new Set<string>();
    const say = (what: string, element: Element): void => {
      const words = element.textContent.trim().slice(0, 40);
      const where = element.closest('[id]')?.id ?? '';
      found.add(
        `${what}: <${element.localName} class="${element.getAttribute('class') ?? ''}"> in #${where} “${words}”`,
      );
    };
    const scrolls = (element: Element): boolean => {
      for (let one: Element | null = element; one; one = one.parentElement) {
        if (['auto', 'scroll'].includes(getComputedStyle(one).overflowX)) return true;
      }
      return false;
    };
    if (document.documentElement.scrollWidth > width) found.add('the page scrolls sideways');
    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (element.closest('.visually-hidden, [popover]') || scrolls(element)) continue;
      const { left, right, width: wide } = element.getBoundingClientRect();
      if (wide === 0) continue;
      if (right > width + 1 || left < -1) say('outside', element);
      const style = getComputedStyle(element);
      const isCut = element.scrollWidth > element.clientWidth + 1 && style.overflowX === 'hidden';
      if (isCut && element.clientWidth > 1) say('cut', element);
    }
    for (const select of document.querySelectorAll('select')) {
      if (!select.checkVisibility()) continue;
      const style = getComputedStyle(select);
      const brush = document.createElement('canvas').getContext('2d');
      if (!brush) continue;
      brush.font = style.font;
      const padding = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
      // The arrow needs about as much as a letter and a half.
      const room = select.clientWidth - padding - 18;
      for (const option of select.options) {
        if (brush.measureText(option.label).width > room) say('cut', option);
      }
    }
    for (const picture of document.querySelectorAll('svg[role="img"]')) {
      const words = [...picture.querySelectorAll('text')].filter((text) => text.checkVisibility());
      const boxes = words.map((text) => text.getBoundingClientRect());
      boxes.forEach((a, index) => {
        for (const [at, b] of boxes.entries()) {
          if (at <= index) continue;
          const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          // The box of a line of text is higher than its letters.
          if (across > 1 && down > 4) {
            found.add(
              `overprinted: “${words[index]?.textContent ?? ''}” and “${words[at]?.textContent ?? ''}”`,
            );
          }
        }
      });
    }
    return [...found];
  });
}

it.each(builtPages())('%s fits at every width', async (path) => {
  const page = await reader.open(siteOrigin('staticOrigin') + path, { reducedMotion: 'reduce' });
  // A picture that is wanted later, or a face, is there before anything is measured.
  await untilSilent(page);
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (const answer of document.querySelectorAll<HTMLElement>('[data-answer-to]')) {
      answer.dataset['open'] = '';
    }
    for (const fold of document.querySelectorAll('details')) fold.open = true;
  });
  const found: Record<number, string[]> = {};
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const misfit = await misfits(page);
    if (misfit.length > 0) found[width] = misfit;
  }
  expect(found).toEqual({});
});

it.each(builtPages())('%s: what is touched is 24 px each way', async (path) => {
  const page = await reader.open(siteOrigin('staticOrigin') + path, {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
  });
  const small = await page
    .locator('button, summary, select, input, textarea, label:has(input)')
    .evaluateAll((controls) =>
      controls
        .filter((control) => control.checkVisibility({ visibilityProperty: true }))
        // A box or a mark that is part of a label is touched by its label.
        .filter(
          (control) => !control.matches('label input') && !control.matches('.visually-hidden'),
        )
        .map((control) => ({ control, box: control.getBoundingClientRect() }))
        .filter(({ box }) => box.width < 24 || box.height < 24)
        .map(
          ({ control, box }) =>
            `${control.outerHTML.slice(0, 90)}: ${String(box.width)} × ${String(box.height)}`,
        ),
    );
  expect(small).toEqual([]);
});
