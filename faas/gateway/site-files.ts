/**
 * A built site in memory. While the folder is being rebuilt the old site stays; the new one is read
 * as a whole once it is complete.
 */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { lookup } from 'mrmime';
import type { Coding, Representation } from './representation.ts';
import { HEADERS_FILE, STAMP_FILE } from '../project/built-site.ts';

/** One file of the site. */
export type SiteFile = Representation<Buffer>;

/** The site as of one completed build. */
export interface SiteFiles {
  /** By URL path, decoded: `/lessons/one/`, `/_astro/a.js`. */
  readonly files: ReadonlyMap<string, SiteFile>;
  /** Redirects to a page's one address: `/lessons/one` → `/lessons/one/`. */
  readonly moved: ReadonlyMap<string, string>;
  readonly notFound: SiteFile;
}

const CODINGS: readonly (readonly [Coding, string])[] = [
  ['br', '.br'],
  ['gzip', '.gz'],
];

/** Files with a content hash in their names, so they never change. */
const IMMUTABLE = /^\/(_astro|_tab\/api)\//;

const INDEX = 'index.html';

/** The site in a folder, read again after each completed build. */
export class BuiltSite {
  readonly #folder: string;
  #build: string | null = null;
  #current: SiteFiles | null = null;

  /** @param folder `dist`; it may be missing at first */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Null while nothing has been built. */
  get current(): SiteFiles | null {
    const build = buildOf(this.#folder);
    if (this.#current !== null && (build === null || build === this.#build)) return this.#current;
    try {
      this.#current = readSite(this.#folder, this.#current);
      this.#build = build;
    } catch {
      // A build is emptying the folder at this moment: the old site stays until the new one is whole.
    }
    return this.#current;
  }
}

/** Identifies the completed build in the folder; null while there is none. */
function buildOf(folder: string): string | null {
  const stats = statSync(join(folder, STAMP_FILE), { throwIfNoEntry: false });
  return stats === undefined ? null : `${stats.ino} ${stats.mtimeMs}`;
}

/** @param before the previous site, whose files are kept for pages still open */
function readSite(folder: string, before: SiteFiles | null): SiteFiles {
  const files = new Map<string, SiteFile>();
  const moved = new Map<string, string>();
  const headers = headersOf(folder);
  const names = new Set(namesIn(folder));
  if (!names.has(INDEX)) throw new Error(`${folder} holds no ${INDEX}.`);
  for (const name of names) {
    if (CODINGS.some(([, end]) => name.endsWith(end) && names.has(name.slice(0, -end.length)))) {
      continue;
    }
    const isPage = name === INDEX || name.endsWith(`/${INDEX}`);
    const path = `/${isPage ? name.slice(0, -INDEX.length) : name}`;
    files.set(path, readSiteFile(folder, name, path, names, headers));
    if (!isPage) continue;
    moved.set(`/${name}`, path);
    if (path !== '/') moved.set(path.slice(0, -1), path);
  }
  const notFound = files.get('/404.html') ?? plainNotFound();
  files.delete('/404.html');
  for (const [path, file] of before?.files ?? []) {
    if (IMMUTABLE.test(path) && !files.has(path)) files.set(path, file);
  }
  return { files, moved, notFound };
}

function readSiteFile(
  folder: string,
  name: string,
  path: string,
  names: ReadonlySet<string>,
  headers: Headers,
): SiteFile {
  const bytes = readFileSync(join(folder, name));
  const coded: Partial<Record<Coding, Buffer>> = {};
  for (const [coding, end] of CODINGS) {
    if (names.has(name + end)) coded[coding] = readFileSync(join(folder, name + end));
  }
  return {
    bytes,
    coded,
    hash: createHash('sha256').update(bytes).digest('base64url').slice(0, 22),
    modified: statSync(join(folder, name)).mtime,
    headers: {
      'content-type': typeOf(name),
      'cache-control': IMMUTABLE.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      'x-content-type-options': 'nosniff',
      ...(Object.keys(coded).length > 0 && { vary: 'accept-encoding' }),
      ...headers['*'],
      ...headers[path],
    },
  };
}

/** The list of `mrmime` has no type for icons. */
function typeOf(name: string): string {
  if (name.endsWith('.ico')) return 'image/x-icon';
  const type = lookup(name) ?? 'application/octet-stream';
  return /^text\/|[/+](json|javascript|xml)$/.test(type) ? `${type}; charset=utf-8` : type;
}

/** Headers by URL path; those under `*` apply to every file. */
type Headers = Readonly<Record<string, Readonly<Record<string, string>>>>;

function headersOf(folder: string): Headers {
  const file = join(folder, HEADERS_FILE);
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return {};
  return JSON.parse(readFileSync(file, 'utf8')) as Headers;
}

/** Relative paths of the public files, with forward slashes. Names that begin with a dot are private. */
function namesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => !name.split('/').some((part) => part.startsWith('.')));
}

function plainNotFound(): SiteFile {
  const bytes = Buffer.from('<h1>404: nothing is here</h1>\n');
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' };
  return { bytes, coded: {}, hash: 'none', modified: new Date(0), headers };
}
