/**
 * A shared cache of answers (RFC 9111), in memory. What tells two answers apart is the key that the rule
 * makes, the caller's `Authorization`, and the request's fields that the stored answer names in `Vary`.
 */

import { directivesOf, lifetimeOf, secondsOf } from './cache-control.ts';
import { fieldOf, membersOf, without, type Fields } from './fields.ts';

/** An answer that is whole. */
export interface StoredAnswer {
  readonly status: number;
  readonly fields: Fields;
  readonly body: Uint8Array | null;
}

/** A request, as far as a cache looks at it. */
export interface CacheRequest {
  readonly method: string;
  /** What the rule makes of it; two requests with one key may get one answer. */
  readonly key: string;
  /** All keys of one path begin alike; an unsafe call forgets them. */
  readonly path: string;
  readonly fields: Fields;
}

/** Why an answer comes from the function or from memory, in the words of `Cache-Status` (RFC 9211). */
export type Lookup =
  | {
      readonly is: 'hit';
      readonly answer: StoredAnswer;
      readonly ageS: number;
      readonly ttlS: number;
    }
  | {
      readonly is: 'forward';
      readonly because: 'uri-miss' | 'vary-miss' | 'stale' | 'request' | 'method' | 'bypass';
    };

interface Entry extends StoredAnswer {
  /** Fields of the request that the answer names in `Vary`, with what they were. */
  readonly vary: readonly (readonly [name: string, value: string | null])[];
  readonly storedAt: number;
  /** How old it was when it came, in s. */
  readonly ageS: number;
  readonly lifetimeS: number;
}

/** All answers of one key. */
interface Variants {
  readonly path: string;
  readonly entries: Entry[];
  bytes: number;
}

/** Statuses whose answers may be kept when only the rule says for how long (RFC 9110, 15.1). */
const HEURISTIC = new Set([200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501]);

/** With one of these an answer to a request with `Authorization` is meant for others too (3.5). */
const SHAREABLE = ['public', 'must-revalidate', 's-maxage'];

/** They belong to one call or one connection, not to the answer (3.1). */
const NOT_STORED = new Set([
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade', 'server-timing', 'age', 'cache-status'],
]);

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** What a cache holds at most. */
export interface CacheBounds {
  /** @default 16_000_000 */
  readonly maxBytes?: number;
  /** Largest body that is kept. @default 1_000_000 */
  readonly maxBodyBytes?: number;
  /** Most answers of one key. @default 20 */
  readonly maxVariants?: number;
}

/** Answers of all routes of a platform. What was used longest ago is forgotten first. */
export class AnswerCache {
  readonly #maxBytes: number;
  readonly #maxBodyBytes: number;
  readonly #maxVariants: number;
  /** In the order of their last use. */
  readonly #variants = new Map<string, Variants>();
  #bytes = 0;

  constructor({
    maxBytes = 16_000_000,
    maxBodyBytes = 1_000_000,
    maxVariants = 20,
  }: CacheBounds = {}) {
    this.#maxBytes = maxBytes;
    this.#maxBodyBytes = maxBodyBytes;
    this.#maxVariants = maxVariants;
  }

  /** @param now in ms since the Unix epoch */
  lookup(request: CacheRequest, now: number): Lookup {
    if (request.method !== 'GET') return { is: 'forward', because: 'method' };
    const asked = directivesOf(request.fields);
    // A part of an answer is not kept, and so none is given.
    if (fieldOf(request.fields, 'range') !== null) return { is: 'forward', because: 'bypass' };
    if (asked.has('no-cache') || asked.has('no-store'))
      return { is: 'forward', because: 'request' };
    const key = fullKey(request);
    const variants = this.#variants.get(key);
    if (variants === undefined) return { is: 'forward', because: 'uri-miss' };
    const entry = variants.entries.findLast((each) => isFor(each, request.fields));
    if (entry === undefined) return { is: 'forward', because: 'vary-miss' };
    const ageS = entry.ageS + Math.max(0, now - entry.storedAt) / 1000;
    if (ageS >= entry.lifetimeS) return { is: 'forward', because: 'stale' };
    const most = secondsOf(asked, 'max-age');
    const least = secondsOf(asked, 'min-fresh') ?? 0;
    if ((most !== null && ageS > most) || entry.lifetimeS - ageS < least) {
      return { is: 'forward', because: 'request' };
    }
    this.#variants.delete(key);
    this.#variants.set(key, variants);
    const { status, fields, body } = entry;
    const ttlS = Math.floor(entry.lifetimeS - ageS);
    return { is: 'hit', answer: { status, fields, body }, ageS: Math.floor(ageS), ttlS };
  }

  /**
   * Keeps an answer if it may be kept, and forgets those that an unsafe call has made old (4.4).
   *
   * @param defaultS how long answers are kept that do not say it; null: not at all
   * @returns for how long it is kept, in s; null when it is not
   */
  store(
    request: CacheRequest,
    answer: StoredAnswer,
    now: number,
    defaultS: number | null,
  ): number | null {
    if (!SAFE.has(request.method)) {
      if (answer.status >= 200 && answer.status < 400) this.forget(request.path);
      return null;
    }
    const lifetimeS = this.#lifetime(request, answer, now, defaultS);
    if (lifetimeS === null) return null;
    this.#keep(request, answer, now, lifetimeS);
    return lifetimeS;
  }

  /** Forgets all answers of a path, or of all paths. */
  forget(path?: string): void {
    for (const [key, variants] of this.#variants) {
      if (path === undefined || variants.path === path) this.#drop(key, variants);
    }
  }

  #lifetime(
    { method, fields: asked }: CacheRequest,
    { status, fields, body }: StoredAnswer,
    now: number,
    defaultS: number | null,
  ): number | null {
    if (method !== 'GET' || status < 200 || status === 206 || status === 304) return null;
    if ((body?.byteLength ?? 0) > this.#maxBodyBytes) return null;
    if (directivesOf(asked).has('no-store') || fieldOf(asked, 'range') !== null) return null;
    const told = directivesOf(fields);
    // `no-cache` would have to be asked about each time, and this cache does not ask.
    if (told.has('no-store') || told.has('private') || told.has('no-cache')) return null;
    const isPersonal = fieldOf(asked, 'authorization') !== null;
    if (isPersonal && !SHAREABLE.some((name) => told.has(name))) return null;
    if (membersOf(fieldOf(fields, 'vary')).includes('*')) return null;
    // A cookie is set for one caller. RFC 9111 7.3 leaves it to the cache.
    if (fieldOf(fields, 'set-cookie') !== null) return null;
    const stated = lifetimeOf(fields, told, now);
    const lifetimeS = stated ?? (HEURISTIC.has(status) ? defaultS : null);
    return lifetimeS === null || lifetimeS <= ageOf(fields) ? null : lifetimeS;
  }

  #keep(request: CacheRequest, answer: StoredAnswer, now: number, lifetimeS: number): void {
    const { status, body, fields } = answer;
    const kept = without(fields, (name) => NOT_STORED.has(name));
    const names = membersOf(fieldOf(fields, 'vary')).map((name) => name.toLowerCase());
    const vary = names.map((name) => [name, normalised(request.fields, name)] as const);
    const ageS = ageOf(fields);
    const entry: Entry = { status, fields: kept, body, vary, storedAt: now, ageS, lifetimeS };
    const key = fullKey(request);
    const variants = this.#variants.get(key) ?? { path: request.path, entries: [], bytes: 0 };
    const others = variants.entries.filter((each) => !isFor(each, request.fields));
    const entries = [...others, entry].slice(-this.#maxVariants);
    this.#drop(key, variants);
    const bytes = key.length + entries.reduce((sum, each) => sum + bytesOf(each), 0);
    this.#variants.set(key, { path: request.path, entries, bytes });
    this.#bytes += bytes;
    for (const [oldest, of] of this.#variants) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#drop(oldest, of);
    }
  }

  #drop(key: string, variants: Variants): void {
    if (this.#variants.delete(key)) this.#bytes -= variants.bytes;
  }
}

/** Whoever sends a credential gets what was answered to the same credential, and nothing else. */
function fullKey({ key, fields }: CacheRequest): string {
  const authorization = fieldOf(fields, 'authorization');
  return JSON.stringify(authorization === null ? [key] : [key, authorization]);
}

function isFor({ vary }: Entry, asked: Fields): boolean {
  return vary.every(([name, value]) => normalised(asked, name) === value);
}

/** Two values that differ in white space between members mean the same (4.1). */
function normalised(fields: Fields, name: string): string | null {
  const value = fieldOf(fields, name);
  return value === null ? null : membersOf(value).join(', ');
}

function ageOf(fields: Fields): number {
  const age = fieldOf(fields, 'age');
  return age !== null && /^\d+$/.test(age) ? Number(age) : 0;
}

function bytesOf({ fields, body }: Entry): number {
  const text = fields.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  return text + (body?.byteLength ?? 0);
}
