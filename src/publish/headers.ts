/**
 * Writes the headers of the built site for every host: in each page as far as `<meta>` allows, for our
 * gateway, and in `_headers` (Netlify, Cloudflare Pages). Those in `vercel.json` are only checked.
 */

import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HEADERS_FILE } from '#faas/project/built-site.ts';
import {
  DATABASE_POLICY,
  headerOnlyPolicy,
  inlineHashes,
  kindOf,
  KINDS,
  policyFor,
  type InlineHashes,
} from './policy.ts';

/** A page of the built site: its path below the base, and its file. */
export interface BuiltPage {
  /** `/lessons/one/` */
  readonly path: string;
  readonly file: string;
}

type Headers = Readonly<Record<string, string>>;

const CSP = 'content-security-policy';

const EVERY_FILE: Headers = {
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
};

/** Folders whose file names contain a content hash. */
const HASHED = ['_astro/', '_tab/api/'];
const IMMUTABLE = 'public, max-age=31536000, immutable';

/** Worker of the tab's database. */
const DATABASE_WORKER = '_tab/database.js';

/**
 * Writes each page's policy into its head, and the headers beside the pages.
 *
 * @param base path that the site is served under, with a slash at its end
 * @throws when `vercel.json` of `root` differs, with the lines to put there
 */
export function writeHeaders(
  root: string,
  dist: string,
  base: string,
  pages: readonly BuiltPage[],
): void {
  const hashes = hashesByKind(pages);
  const none: InlineHashes = { scripts: [], styles: [] };
  const hashesOf = (path: string) => hashes.get(kindOf(path)) ?? none;
  for (const { path, file } of pages) insertPolicy(file, policyFor(path, hashesOf(path), 'meta'));

  const everywhere = {
    [CSP]: policyFor('', hashesOf(''), 'header'),
    ...EVERY_FILE,
  };
  const special = pages
    .filter(({ path }) => kindOf(path) !== null)
    .map(({ path }): [string, Headers] => [
      path,
      { [CSP]: policyFor(path, hashesOf(path), 'header') },
    ]);
  const byPath = { '*': everywhere, ...Object.fromEntries(special) };
  writeFileSync(join(dist, HEADERS_FILE), `${JSON.stringify(byPath, null, 1)}\n`);
  writeFileSync(join(dist, '_headers'), headersFile(base));
  // On Vercel the site is at the root; under a base the inline script has a different hash.
  if (base === '/') checkVercel(root, everywhere, kindRules(hashes, none));
}

/** A rule for each path of each kind that a page of the site has. */
function kindRules(
  hashes: ReadonlyMap<string | null, InlineHashes>,
  none: InlineHashes,
): [string, Headers][] {
  return KINDS.filter(({ name }) => hashes.has(name)).flatMap(({ name, pages }) =>
    pages.map((path): [string, Headers] => [
      path.replace('*', '(.*)'),
      { [CSP]: policyFor(path.replace('*', ''), hashes.get(name) ?? none, 'header') },
    ]),
  );
}

/** Collects the hashes of each kind of page: one policy for a kind keeps the hosts' rules few. */
function hashesByKind(pages: readonly BuiltPage[]): Map<string | null, InlineHashes> {
  const byKind = new Map<string | null, InlineHashes>();
  for (const { path, file } of pages) {
    const { scripts, styles } = inlineHashes(readFileSync(file, 'utf8'));
    const known = byKind.get(kindOf(path));
    byKind.set(kindOf(path), {
      scripts: [...(known?.scripts ?? []), ...scripts],
      styles: [...(known?.styles ?? []), ...styles],
    });
  }
  return byKind;
}

/** Inserts the policy right after the charset, so that it applies to everything that follows. */
function insertPolicy(file: string, policy: string): void {
  const html = readFileSync(file, 'utf8');
  const charset = /<meta charset="?utf-8"?\s*\/?>/i.exec(html);
  if (charset === null)
    throw new Error(`${file} has no <meta charset>, behind which its policy stands.`);
  const end = charset.index + charset[0].length;
  const meta = `<meta http-equiv="content-security-policy" content="${policy}">`;
  writeFileSync(file, html.slice(0, end) + meta + html.slice(end));
}

/**
 * The text of `_headers`, in the format of Netlify and Cloudflare Pages. These hosts join what several
 * rules say of one path, and a browser holds a page to every policy it is sent: so the header carries
 * only what a page's `<meta>` cannot.
 */
function headersFile(base: string): string {
  const rule = (path: string, headers: Headers) =>
    [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)].join('\n');
  return [
    rule(`${base}*`, { [CSP]: headerOnlyPolicy(), ...EVERY_FILE }),
    ...HASHED.map((folder) => rule(`${base}${folder}*`, { 'cache-control': IMMUTABLE })),
    '',
  ].join('\n');
}

/** @param kinds rules of paths with a policy of their own; on Vercel the last that fits holds */
function checkVercel(root: string, everywhere: Headers, kinds: [string, Headers][]): void {
  const file = join(root, 'vercel.json');
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return;
  const { headers } = JSON.parse(readFileSync(file, 'utf8')) as { headers?: unknown };
  const rule = (source: string, of: Headers) => ({
    source,
    headers: Object.entries(of).map(([key, value]) => ({ key, value })),
  });
  const expected = [
    rule('/(.*)', everywhere),
    ...kinds.map(([path, of]) => rule(path, of)),
    rule(`/${DATABASE_WORKER}`, { [CSP]: DATABASE_POLICY }),
    ...HASHED.map((folder) => rule(`/${folder}(.*)`, { 'cache-control': IMMUTABLE })),
  ];
  if (JSON.stringify(headers) === JSON.stringify(expected)) return;
  throw new Error(
    `vercel.json: "headers" is not what the built pages need (an inline script, or the table in src/publish/policy.ts, has changed). Put this there:\n\n  "headers": ${JSON.stringify(expected, null, 2).replaceAll('\n', '\n  ')}\n`,
  );
}
