/** The call that Run makes at first: fetched when the lab is near. */

import type { APIRoute, GetStaticPaths } from 'astro';
import { allLabs, firstCall } from '#practice/code-lab/lab-page.ts';

export const getStaticPaths: GetStaticPaths = () =>
  allLabs().map((id) => {
    const [lesson, lab] = id.split('/');
    return { params: { lesson, lab } };
  });

export const GET: APIRoute = ({ params }) =>
  Response.json(firstCall(`${params['lesson'] ?? ''}/${params['lab'] ?? ''}`));
