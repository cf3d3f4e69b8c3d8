/** The call that Run makes at first: fetched when the lab is near. */

import type { APIRoute, GetStaticPaths } from 'astro';
import { firstCall, labParams } from '#practice/code-lab/lab-page.ts';

export const getStaticPaths: GetStaticPaths = () => labParams().map((params) => ({ params }));

export const GET: APIRoute = ({ params }) =>
  Response.json(firstCall(`${params['lesson'] ?? ''}/${params['lab'] ?? ''}`));
