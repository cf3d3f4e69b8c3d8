/** Hints, solution and what mistakes look like: fetched when the reader asks for help. */

import type { APIRoute, GetStaticPaths } from 'astro';
import { allLabs, labHelp } from '#practice/code-lab/lab-page.ts';

export const getStaticPaths: GetStaticPaths = () =>
  allLabs().map((id) => {
    const [lesson, lab] = id.split('/');
    return { params: { lesson, lab } };
  });

export const GET: APIRoute = ({ params }) =>
  Response.json(labHelp(`${params['lesson'] ?? ''}/${params['lab'] ?? ''}`));
