/** The bridges in their order: short pages for whoever lacks something that a lesson takes for granted. */

import { getCollection, type CollectionEntry } from 'astro:content';
import { siteUrl } from '#src/site/base.ts';

export async function bridges(): Promise<CollectionEntry<'bridges'>[]> {
  return (await getCollection('bridges')).toSorted((a, b) => a.data.place - b.data.place);
}

/** Where a bridge lives, under the site's base. */
export function bridgeUrl(id: string): string {
  return siteUrl(`/bridges/${id}/`);
}
