/** Where readers will find the site, as the host that builds it says. */

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The first of: `SITE_URL`, and what Vercel, Netlify and Cloudflare Pages set for a build. The
 * production address also in a preview, which is a copy of it.
 *
 * @returns undefined where nobody knows: pages then name no address of their own
 * @throws when `SITE_URL` is no http address
 */
export function publicAddress(env: Environment): string | undefined {
  const { SITE_URL: own } = env;
  if (own !== undefined && own !== '') {
    if (!URL.canParse(own) || !/^https?:/.test(own)) {
      throw new Error(
        `SITE_URL is "${own}". Expected the whole address, such as https://course.example.org`,
      );
    }
    return own;
  }
  const vercel = env['VERCEL_PROJECT_PRODUCTION_URL'];
  if (vercel !== undefined && vercel !== '') return `https://${vercel}`;
  if (env['NETLIFY'] === 'true') return env['URL'];
  if (env['CF_PAGES'] === '1') return productionOf(env['CF_PAGES_URL']);
  return undefined;
}

/** Cloudflare names the deployment: `https://f3a9c2d1.course.pages.dev` of `https://course.pages.dev`. */
function productionOf(deployment: string | undefined): string | undefined {
  return deployment?.replace(/^https:\/\/[^./]+\.([^./]+\.pages\.dev)/, 'https://$1');
}
