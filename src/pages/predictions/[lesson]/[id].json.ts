/** What helps with one prediction: the ideas that it needs, and reasons with what is to be said of each. */

import { getCollection, getEntry } from 'astro:content';
import type { APIRoute, GetStaticPaths } from 'astro';
import type { PredictionHelp } from '#src/components/guess-help.ts';
import { html } from '#src/components/markup.ts';
import type { PredictionData } from '#src/content/schemas.ts';
import { siteUrl } from '#src/site/base.ts';
import { inline } from '#prose/inline.ts';

interface Props extends Record<string, unknown> {
  readonly prediction: PredictionData;
}

export const getStaticPaths = (async () => {
  const files = await getCollection('predictions');
  return files.flatMap(({ id: lesson, data }) =>
    data
      .filter(({ needs }) => needs !== 'none')
      .map((prediction) => ({ params: { lesson, id: prediction.id }, props: { prediction } })),
  );
}) satisfies GetStaticPaths;

export const GET: APIRoute<Props> = async ({ props: { prediction } }) => {
  const { needs, why = [] } = prediction;
  const help: PredictionHelp = {
    ideas: await Promise.all([needs].flat().map(ideaOf)),
    why: why.map(({ reason, feedback }) => ({
      reason: String(inline(reason)),
      feedback: String(inline(feedback)),
    })),
  };
  return Response.json(help);
};

async function ideaOf(id: string): Promise<string> {
  const entry = await getEntry('glossary', id);
  if (entry === undefined) throw new Error(`No term of the glossary has the id "${id}".`);
  const { term, short } = entry.data;
  const href = siteUrl(`/glossary/#${id}`);
  return String(html`<a href="${href}">${term}</a>: ${inline(short)}`);
}
