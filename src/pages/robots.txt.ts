/** Everyone may read everything. A sitemap has a whole address, so it is named only where that is known. */

import type { APIRoute } from 'astro';
import { siteUrl } from '#src/site/base.ts';

export const GET: APIRoute = ({ site }) => {
  const sitemap = site && `Sitemap: ${new URL(siteUrl('/sitemap-index.xml'), site).href}\n`;
  return new Response(`User-agent: *\nAllow: /\n${sitemap ?? ''}`);
};
