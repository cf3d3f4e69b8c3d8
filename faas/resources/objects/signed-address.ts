/**
 * Signed addresses: whoever holds one may do exactly what it says, until it expires. Signed are the
 * method, the function that signed, the key, the length, the type, the hash, how long the object is kept
 * and the expiry: a change to any of them is another text, and another signature (HMAC, RFC 2104).
 */

import { createHmac, timingSafeEqual } from 'node:crypto';
import { MOUNTS } from '../../api.ts';
import { keyOf, pathOfKey, whyNoKey } from './object-key.ts';

/** What an address lets its holder do: PUT stores an object, GET reads it, POST makes it public. */
export type ObjectMethod = 'PUT' | 'GET' | 'POST';

const METHODS: readonly string[] = ['PUT', 'GET', 'POST'] satisfies ObjectMethod[];

/** What the object must be that a PUT brings. */
export interface Upload {
  /** In bytes. */
  readonly length: number;
  /** Its content type. */
  readonly type: string;
  /** SHA-256 of its content, lower-case hex. */
  readonly sha256: string;
  /** How long it is kept unless it is made public, in s; null for ever. */
  readonly keepS: number | null;
}

/** What is signed. */
export interface Claims {
  readonly method: ObjectMethod;
  /** Name of the function that signed. Each has objects of its own. */
  readonly by: string;
  readonly key: string;
  /** In s since the Unix epoch. */
  readonly expires: number;
  /** Null for all methods but PUT. */
  readonly upload: Upload | null;
}

/** An address that was read, and not yet checked. */
export interface ReadAddress {
  readonly claims: Claims;
  readonly signature: string;
}

/** Path of the private objects: addresses there are signed. */
export const PRIVATE_PATH = `${MOUNTS.objects}private/`;

/** Path of the public objects, each named by the SHA-256 of its content. */
export const PUBLIC_PATH = `${MOUNTS.objects}public/`;

/** The first line of what is signed: another form of these lines would have another name. */
const FORM = 'objects-1';

/** Longest time from signing to expiry, in s: as S3 has it, seven days. */
const MOST_S = 604_800;

/** The text that is signed: one line each, so no value holds a line break. */
export function textToSign({ method, by, key, expires, upload }: Claims): string {
  const { length = '', type = '', sha256 = '', keepS = '' } = upload ?? {};
  return [FORM, method, by, key, length, type, sha256, keepS ?? '', expires].join('\n');
}

/** The key that a function signs with, of the store's own secret: it signs for no other function. */
export function signingKey(secret: Uint8Array, by: string): Buffer {
  return createHmac('sha256', secret).update(by).digest();
}

/** @returns path and query */
export function signAddress(key: Uint8Array, claims: Claims): string {
  const { method, by, expires, upload } = claims;
  const query = new URLSearchParams({ method, by });
  if (upload !== null) {
    query.set('length', String(upload.length));
    query.set('type', upload.type);
    query.set('sha256', upload.sha256);
    if (upload.keepS !== null) query.set('keep', String(upload.keepS));
  }
  query.set('expires', String(expires));
  query.set('signature', signatureOf(key, claims));
  return `${PRIVATE_PATH}${pathOfKey(claims.key)}?${query.toString()}`;
}

function signatureOf(key: Uint8Array, claims: Claims): string {
  return createHmac('sha256', key).update(textToSign(claims)).digest('base64url');
}

/** Whether the claims were signed with this key. Takes the same time wherever a signature differs. */
export function isSigned(key: Uint8Array, { claims, signature }: ReadAddress): boolean {
  const expected = Buffer.from(signatureOf(key, claims));
  const given = Buffer.from(signature);
  return given.byteLength === expected.byteLength && timingSafeEqual(given, expected);
}

/** Reads path and query of a private object. @returns why it is no signed address, for the reader */
export function readSignedAddress(url: string): ReadAddress | string {
  const [path = '', search = ''] = url.split('?', 2);
  const key = keyOf(path.slice(PRIVATE_PATH.length));
  if (key === null) return 'The path is not valid percent-encoding.';
  const bad = whyNoKey(key);
  if (bad !== null) return bad;
  const query = new URLSearchParams(search);
  const signature = query.get('signature');
  if (signature === null) {
    return 'It is not signed. Private objects are read and written by addresses that a function signs.';
  }
  for (const name of query.keys()) {
    if (query.getAll(name).length > 1) return `"${name}" is given more than once.`;
  }
  const method = query.get('method') ?? '';
  const by = query.get('by') ?? '';
  const expires = wholeNumber(query.get('expires'));
  if (!METHODS.includes(method) || expires === null || /[\r\n]/.test(by)) {
    return `It names a method (${METHODS.join(', ')}), who signed it (by) and when it expires.`;
  }
  const upload = method === 'PUT' ? uploadOf(query) : null;
  if (upload === undefined) {
    return 'An address for an upload names its length, type and sha256 (64 digits, lower-case hex).';
  }
  return { claims: { method: method as ObjectMethod, by, key, expires, upload }, signature };
}

function uploadOf(query: URLSearchParams): Upload | undefined {
  const length = wholeNumber(query.get('length'));
  const type = query.get('type') ?? '';
  const sha256 = query.get('sha256') ?? '';
  const keep = query.get('keep');
  const keepS = keep === null ? null : wholeNumber(keep);
  if (length === null || !isMediaType(type) || !isSha256(sha256)) return undefined;
  return keep !== null && keepS === null ? undefined : { length, type, sha256, keepS };
}

/** Whether the text is a SHA-256 in lower-case hex. */
export function isSha256(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

/** `image/png`, with parameters or without (RFC 9110, 8.3.1). */
function isMediaType(text: string): boolean {
  return text.length <= 200 && /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(;[\x20-\x7e]*)?$/.test(text);
}

/** Only as it would be written again: `7`, and neither `07` nor `7e0`. */
function wholeNumber(text: string | null): number | null {
  return text !== null && /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : null;
}

/** Why checked claims do not hold at this time; null when they do. @param nowMs since the Unix epoch */
export function whyExpired({ expires }: Claims, nowMs: number): string | null {
  const left = expires - nowMs / 1000;
  const at = new Date(Math.min(expires, 8.64e12) * 1000).toISOString();
  if (left <= 0) return `It expired at ${at}. Ask the function for a new one.`;
  return left > MOST_S ? `It expires at ${at}, and none may last longer than seven days.` : null;
}
