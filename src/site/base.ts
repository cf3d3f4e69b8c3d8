/** The site may be served at a root or under a path: addresses and names that depend on which. */

// Not `import.meta.env.BASE_URL`: a variable of that name in the environment would replace it.
import { base } from 'astro:config/client';

/** Where the site begins, with a slash at both ends: `/`, `/course/`. */
export const BASE = base.replace(/\/*$/, '/');

/**
 * An address of this site where it is served. What is no path, such as `#part` or `https://…`, is
 * left as it is.
 *
 * @param address from the site's own root: `/glossary/#cold-start`
 */
export function siteUrl(address: string): string {
  return /^\/(?!\/)/.test(address) ? BASE + address.slice(1) : address;
}

/** A name in the browser's storage, which all sites of one origin share. */
export function storageName(name: string): string {
  return BASE === '/' ? name : BASE + name;
}
