/** Hints, solution and what mistakes look like: fetched when the reader asks for help. */

import type { APIRoute, GetStaticPaths } from 'astro';
import { labHelp, labParams } from '#practice/code-lab/lab-page.ts';

export const getStaticPaths: GetStaticPaths = () => labParams().map((params) => ({ params }));

export const GET: APIRoute = ({ params }) =>
  Response.json(labHelp(`${params['lesson'] ?? ''}/${params['lab'] ?? ''}`));
