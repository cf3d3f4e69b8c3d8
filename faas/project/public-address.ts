/** The site's public address, from the environment of the host that builds it. */

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The first that is set of `SITE_URL` and the variables of Vercel, Netlify and Cloudflare Pages. A
 * preview gets the production address too, since it is a copy of that site.
 *
 * @returns undefined when none is set; pages then have no canonical address
 * @throws when `SITE_URL` is not an http or https URL
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

/** Cloudflare gives the address of the deployment: `https://f3a9c2d1.course.pages.dev` of `https://course.pages.dev`. */
function productionOf(deployment: string | undefined): string | undefined {
  return deployment?.replace(/^https:\/\/[^./]+\.([^./]+\.pages\.dev)/, 'https://$1');
}
