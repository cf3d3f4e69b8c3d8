/** Everyone may read everything; the sitemap's address depends on where the site is served. */

import type { APIRoute } from 'astro';

export const GET: APIRoute = ({ site }) => {
  const sitemap = new URL('/sitemap-index.xml', site).href;
  return new Response(`User-agent: *\nAllow: /\nSitemap: ${sitemap}\n`);
};
