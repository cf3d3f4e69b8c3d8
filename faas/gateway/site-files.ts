/**
 * A built site held in memory. A later build of the same folder changes nothing that is being
 * served: it is read as a whole once it is complete, and until then the old one stays.
 */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { lookup } from 'mrmime';
import { HEADERS_FILE, STAMP_FILE } from '../project/built-site.ts';

export type Coding = 'br' | 'gzip';

export interface SiteFile {
  readonly bytes: Buffer;
  /** The same bytes, coded by the build. */
  readonly coded: Readonly<Partial<Record<Coding, Buffer>>>;
  /** Of the content, without quotes. */
  readonly hash: string;
  readonly modified: Date;
  /** Headers of every answer with this file, lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}

/** One state of the folder. */
export interface SiteFiles {
  /** By URL path, decoded: `/lessons/one/`, `/_astro/a.js`. */
  readonly files: ReadonlyMap<string, SiteFile>;
  /** Other addresses of a page, and the one it has: `/lessons/one` → `/lessons/one/`. */
  readonly moved: ReadonlyMap<string, string>;
  readonly notFound: SiteFile;
}

const CODINGS: readonly (readonly [Coding, string])[] = [
  ['br', '.br'],
  ['gzip', '.gz'],
];

/** These have a hash of their content in their names, so they never change. */
const IMMUTABLE = /^\/(_astro|_tab\/api)\//;

const INDEX = 'index.html';

/** The site of a folder, read again when another build has been completed there. */
export class BuiltSite {
  readonly #folder: string;
  #build: string | null = null;
  #current: SiteFiles | null = null;

  /** @param folder `dist`; it need not be there yet */
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

/** What tells one completed build of a folder from another; null while there is none. */
function buildOf(folder: string): string | null {
  const stats = statSync(join(folder, STAMP_FILE), { throwIfNoEntry: false });
  return stats === undefined ? null : `${stats.ino} ${stats.mtimeMs}`;
}

/** @param before the site until now: pages of it that are still open find their files */
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

function typeOf(name: string): string {
  const type = lookup(name) ?? 'application/octet-stream';
  return /^text\/|[/+](json|javascript|xml)$/.test(type) ? `${type}; charset=utf-8` : type;
}

/** Headers by URL path; those of `*` are every file's. */
type Headers = Readonly<Record<string, Readonly<Record<string, string>>>>;

function headersOf(folder: string): Headers {
  const file = join(folder, HEADERS_FILE);
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return {};
  return JSON.parse(readFileSync(file, 'utf8')) as Headers;
}

/** Files that may be seen, relative, with forward slashes. Names that begin with a dot may not. */
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
