/** What axe finds wrong. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Each finding with the element it is about, on the whole page or in the parts of it that the
 * selectors name. Only what is wrong is brought back: writing down all that is right takes several
 * times as long as looking.
 */
export async function findings(page: Page, ...parts: readonly string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(TAGS)
    // In one go: no page has frames, which the other way of running it is for.
    .setLegacyMode();
  for (const part of parts) axe.include(part);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
