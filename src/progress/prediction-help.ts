/** Where the page finds what helps with a prediction. */

import { getEntry } from 'astro:content';
import { siteUrl } from '../site/base.ts';

/**
 * The address of a `PredictionHelp` as JSON; undefined when the author has written none.
 *
 * @param lesson its slug @param id of the prediction in it
 */
export async function predictionHelp(lesson: string, id: string): Promise<string | undefined> {
  const written = (await getEntry('predictions', lesson))?.data ?? [];
  const helps = written.some((one) => one.id === id && one.needs !== 'none');
  return helps ? siteUrl(`/predictions/${lesson}/${id}.json`) : undefined;
}
