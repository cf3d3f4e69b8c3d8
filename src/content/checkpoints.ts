/** Checkpoints: labs at the end of a part, which belong to no lesson. Their ids name the lab twice. */

import { getCollection } from 'astro:content';
import { siteUrl } from '#src/site/base.ts';

/** One checkpoint. */
export interface Checkpoint {
  /** Of its lab: `<name>/<name>`. */
  readonly id: string;
  readonly title: string;
  readonly url: string;
  /** Estimated. */
  readonly minutes: number;
}

/** Every checkpoint. */
export async function checkpoints(): Promise<Checkpoint[]> {
  return (await getCollection('labs'))
    .filter(({ id }) => isCheckpoint(id))
    .map(({ id, data }) => ({
      id,
      title: data.title,
      url: siteUrl(`/checkpoints/${id.split('/')[0] ?? ''}/`),
      minutes: data.minutes['first light'] + data.minutes.contract,
    }));
}

/** @param id of a lab */
function isCheckpoint(id: string): boolean {
  const [lesson, lab] = id.split('/');
  return lesson === lab;
}
